package sotto.node.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.Stream;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.VirtualLoop;
import sotto.libp2p.runtime.VirtualTime;
import sotto.node.api.AccountId;
import sotto.node.api.Passphrase;
import sotto.node.contact.RecognitionTags;
import sotto.node.contact.StoredContact;
import sotto.node.session.Session;
import sotto.node.session.SessionBinding;
import sotto.node.vault.Vault;
import sotto.node.vault.VaultException;
import sotto.node.wire.Protocols;
import sotto.node.wire.RecognitionMessage;
import sotto.node.wire.SessionMessage;

/** Somebody with all the keys of a contact and a program of their own, which keeps to the protocols as far as it likes. */
final class RogueContact implements Session.Listener {
    private static final Crypto CRYPTO = CryptoChoice.fastest();

    final SimHost host;
    final List<SessionMessage> heard = new ArrayList<>();
    private final VirtualLoop loop;
    private final Exchanges exchanges;
    private final AccountId own;
    private final StoredContact victim;
    private boolean isClosed;

    /** Takes over from {@code node}, whose only contact is the victim; listens at {@code address} once its host is started. */
    RogueContact(SimNode node, VirtualTime time, SimNetwork network, Multiaddr address) {
        this.loop = time.newLoop("rogue");
        this.host = new SimHost(network, loop, address);
        this.exchanges = new Exchanges(loop);
        try (Vault vault = node.disk().vaults(loop).open(Passphrase.owning("any".toCharArray()), failed -> {})) {
            this.own = vault.read(
                    tables -> AccountRow.read(CRYPTO, tables).account().id(CRYPTO));
            this.victim = vault.read(tables -> Books.read(CRYPTO, NodeLimits.STANDARD, tables)
                    .contacts()
                    .all()
                    .iterator()
                    .next());
        } catch (VaultException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** A connection to the victim on which it has recognised us. */
    CompletionStage<Connection> arrive(Multiaddr at) {
        return host.connect(at).thenCompose(this::recognise);
    }

    /** Asks to be recognised on {@code connection}. */
    CompletionStage<Connection> recognise(Connection connection) {
        return exchanges
                .ask(
                        connection,
                        Protocols.RECOGNIZE,
                        tags(connection).offer(loop.random()).encode(),
                        RecognitionMessage.SIZE_BYTES_MAX)
                .thenApply(answer -> connection);
    }

    CompletionStage<Stream> openSessionStream(Connection connection) {
        return connection.open(List.of(Protocols.SESSION));
    }

    /** Shakes hands on a stream that {@link #openSessionStream} opened. */
    Session shakeHands(Stream stream) {
        SessionBinding binding = new SessionBinding(
                victim.pairRoots().get(0), stream.connection().handshakeHash(), own, victim.id(), true);
        return Session.begin(CRYPTO, binding, stream, loop, this);
    }

    /** Answers whoever asks for recognition when {@code permission} completes; {@code onAsked} runs when somebody does. */
    void answerWhen(CompletionStage<Void> permission, Runnable onAsked) {
        exchanges.serve(host, Protocols.RECOGNIZE, RecognitionMessage.SIZE_BYTES_MAX, (connection, question) -> {
            onAsked.run();
            return permission.thenCompose(granted -> answer(connection, question));
        });
    }

    boolean isClosed() {
        return isClosed;
    }

    private CompletionStage<Bytes> answer(Connection connection, Bytes question) {
        try {
            RecognitionMessage offer = RecognitionMessage.decode(question);
            return CompletableFuture.completedFuture(
                    tags(connection).answer(offer, loop.random()).message().encode());
        } catch (WireException malformed) {
            return CompletableFuture.failedFuture(malformed);
        }
    }

    private RecognitionTags tags(Connection connection) {
        return new RecognitionTags(
                CRYPTO,
                own,
                connection.handshakeHash(),
                List.of(new RecognitionTags.Candidate(victim.id(), victim.pairRoots())));
    }

    @Override
    public void onReady(Session session) {
        // What is said next is for the test to say.
    }

    @Override
    public void onMessage(Session session, SessionMessage message) {
        heard.add(message);
    }

    @Override
    public void onClosed(Session session) {
        isClosed = true;
    }
}
