package sotto.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.VirtualLoop;
import sotto.libp2p.runtime.VirtualTime;
import sotto.node.api.ContactRequest;
import sotto.node.api.InvitationTerms;
import sotto.node.directory.InvitationCode;
import sotto.node.directory.SealedRecord;
import sotto.node.wire.AskToken;
import sotto.node.wire.KnockBlock;
import sotto.node.wire.Protocols;

/** Proves that the versions of a record have an order that its owner keeps and no reader goes back in. */
class RecordSequenceTest {
    private static final Crypto CRYPTO = CryptoChoice.fastest();
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final VirtualTime time = new VirtualTime(21);
    private final SimNetwork network = new SimNetwork(new SplittableRandom(21));
    private final Multiaddr home = network.freeAddress();
    private final SimNode alice = new SimNode("Alice", time, network, () -> home);
    private final VirtualLoop loop = time.newLoop("stranger");
    private final SimHost stranger = new SimHost(network, loop, home);
    private final Exchanges exchanges = new Exchanges(loop);
    private String code = "";

    @BeforeEach
    void invite() {
        alice.create();
        code = alice.await(alice.node().invite(new InvitationTerms("", 5, InvitationTerms.DEFAULT_LIFETIME, true)))
                .code();
    }

    @Test
    void whoAsksAgainGetsTheSameVersionAndCausesNoCommit() throws WireException {
        SealedRecord first = record();
        int commits = alice.disk().commits();
        time.advance(Duration.ofHours(1));
        assertEquals(first.encoded(), record().encoded());
        assertEquals(commits, alice.disk().commits());
        time.advance(Duration.ofDays(1));
        assertTrue(record().sequence() > first.sequence());
    }

    @Test
    void aVersionIsHigherThanTheLastEvenWhereTheClockWentBack() throws WireException {
        SealedRecord first = record();
        long now = VirtualTime.START.plus(time.now()).toEpochMilli();
        assertTrue(Math.abs(first.sequence() - now) < DAY.toMillis(), "not the day of sealing");
        assertTrue(
                Math.abs(first.expiresAt().toEpochMilli() - now)
                        < DAY.multipliedBy(8).toMillis(),
                "too far ahead");
        alice.crash();
        alice.setClockSkew(DAY.negated());
        alice.restart();
        assertEquals(first.sequence() + 1, record().sequence());
    }

    @Test
    void aReaderRefusesAnOlderVersionThanItHasRead() throws WireException {
        SealedRecord older = record();
        time.advance(Duration.ofDays(2));
        SimNode bob = new SimNode("Bob", time, network, network::freeAddress);
        bob.create();
        knock(bob);
        bob.await(bob.node().removeContact(SimPair.contactOf(bob).id()));
        // Somebody else is now where Alice was, and has kept what she said two days ago.
        alice.crash();
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger knocked = new AtomicInteger();
        answer(Protocols.RECORD, AskToken.SIZE_BYTES, asked, older.encoded());
        answer(Protocols.KNOCK, KnockBlock.SIZE_BYTES, knocked, KnockBlock.ANSWER);
        await(stranger.start());
        knock(bob);
        assertTrue(asked.get() > 0);
        assertEquals(0, knocked.get());
        // Who has never read a newer one cannot know better.
        SimNode carol = new SimNode("Carol", time, network, network::freeAddress);
        carol.create();
        knock(carol);
        assertFalse(knocked.get() == 0);
    }

    private void answer(
            sotto.libp2p.host.ProtocolId protocol, int questionBytesMax, AtomicInteger count, Bytes answer) {
        exchanges.serve(stranger, protocol, questionBytesMax, (connection, question) -> {
            count.incrementAndGet();
            return CompletableFuture.completedFuture(answer);
        });
    }

    private void knock(SimNode who) {
        who.await(who.node().addContact(new ContactRequest(code, "", "")));
        time.advance(SimPair.LONG_ENOUGH);
    }

    /** What Alice serves now. */
    private SealedRecord record() throws WireException {
        InvitationCode parsed = InvitationCode.parse(code);
        Bytes question = parsed.askToken(CRYPTO).bytes();
        SimHost asking = new SimHost(network, loop, network.freeAddress());
        Bytes answer = await(asking.connect(home)
                .thenCompose(
                        connection -> exchanges.ask(connection, Protocols.RECORD, question, SealedRecord.SIZE_BYTES)));
        return SealedRecord.checked(CRYPTO, answer, parsed.locator(), VirtualTime.START.plus(time.now()));
    }

    private <T> T await(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        time.advanceUntil(future::isDone, PATIENCE);
        return future.join();
    }
}
