package sotto.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.Connection;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.VirtualTime;
import sotto.node.api.AccountId;
import sotto.node.session.Session;
import sotto.node.wire.SessionMessage;

/** Proves that a session sends as many texts as may be without an acknowledgement, no more, and never stalls before. */
class SendingWindowTest {
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(10);
    private static final Duration MOMENT = Duration.ofSeconds(3);
    private static final int WINDOW = Link.UNACKNOWLEDGED_MAX;
    private static final int MORE = 300;

    private final VirtualTime time = new VirtualTime(5);
    private final SimNetwork network = new SimNetwork(new SplittableRandom(5));
    private final Multiaddr home = network.freeAddress();
    private final Multiaddr elsewhere = network.freeAddress();
    private final SimNode alice = new SimNode("Alice", time, network, () -> home);
    private RogueContact bob;
    private AccountId bobsId;

    @BeforeEach
    void makeContacts() {
        SimNode before = new SimNode("Bob", time, network, () -> elsewhere);
        alice.create();
        before.create();
        bobsId = before.join(alice);
        before.crash();
        time.advance(MOMENT);
        bob = new RogueContact(before, time, network, elsewhere);
    }

    @Test
    void noMoreThanTheWindowIsSentUnacknowledged() {
        write(WINDOW + MORE);
        Session session = meet();
        assertHeard(1, WINDOW);
        acknowledge(session, 1);
        assertHeard(1, WINDOW + 1);
        acknowledge(session, WINDOW);
        assertHeard(1, WINDOW + MORE);
    }

    @Test
    void aSessionThatBeginsBeyondTheWindowSendsWhatWaits() {
        write(WINDOW + MORE);
        Session first = meet();
        acknowledge(first, WINDOW);
        part(first);
        meet();
        assertHeard(WINDOW + 1, WINDOW + MORE);
    }

    @Test
    void whatAnEarlierSessionBroughtMayBeAcknowledgedInALaterOne() {
        write(2 * WINDOW + MORE);
        Session first = meet();
        acknowledge(first, WINDOW);
        assertHeard(1, 2 * WINDOW);
        part(first);
        Session second = begin();
        time.advanceUntil(() -> !texts().isEmpty(), MOMENT);
        acknowledge(second, 2 * WINDOW);
        List<Long> heard = texts();
        assertEquals(2L * WINDOW + MORE, heard.get(heard.size() - 1));
        acknowledge(second, 2 * WINDOW + MORE);
        write(1);
        heard = texts();
        assertEquals(2L * WINDOW + MORE + 1, heard.get(heard.size() - 1));
    }

    private void write(int count) {
        for (int i = 0; i < count; i++) {
            alice.node().send(bobsId, "hello");
        }
        time.advance(MOMENT);
    }

    private Session meet() {
        Session session = begin();
        time.advance(MOMENT);
        return session;
    }

    private Session begin() {
        Connection connection = await(bob.arrive(home));
        return bob.shakeHands(await(bob.openSessionStream(connection)));
    }

    private void part(Session session) {
        session.stream().connection().close();
        time.advance(MOMENT);
        bob.heard.clear();
    }

    private void acknowledge(Session session, long counter) {
        session.send(new SessionMessage.Acknowledgement(incarnation(), counter));
        time.advance(MOMENT);
    }

    private Bytes incarnation() {
        return bob.heard.stream()
                .flatMap(message -> text(message).stream())
                .map(SessionMessage.Text::incarnation)
                .findFirst()
                .orElseThrow();
    }

    private void assertHeard(long first, long last) {
        List<Long> heard = texts();
        assertEquals(first, heard.get(0));
        assertEquals(last, heard.get(heard.size() - 1));
        assertTrue(LongStream.rangeClosed(first, last).boxed().toList().equals(heard), "each once and in order");
    }

    /** The counters of all texts that were heard. */
    private List<Long> texts() {
        return bob.heard.stream()
                .flatMap(message -> text(message).stream())
                .map(SessionMessage.Text::counter)
                .toList();
    }

    private static List<SessionMessage.Text> text(SessionMessage message) {
        return message.match(List::of, acknowledgement -> List.of(), profile -> List.of(), unknown -> List.of());
    }

    private <T> T await(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        time.advanceUntil(future::isDone, LONG_ENOUGH);
        return future.join();
    }
}
