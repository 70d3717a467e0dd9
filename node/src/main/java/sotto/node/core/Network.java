package sotto.node.core;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.ConnectionListener;
import sotto.libp2p.host.Host;
import sotto.libp2p.host.ProtocolHandler;
import sotto.libp2p.host.Stream;
import sotto.libp2p.peer.Multiaddr;
import sotto.node.directory.SealedRecord;
import sotto.node.wire.AskToken;
import sotto.node.wire.KnockBlock;
import sotto.node.wire.Protocols;
import sotto.node.wire.RecognitionMessage;

/** The node's side of the host: serves its protocols, and finds those it wants to reach. Confined to the node loop. */
final class Network {
    private static final Rate QUESTIONS_PER_ADDRESS = new Rate(32, 4);
    private static final Rate QUESTIONS = new Rate(256, 50);

    private final Parts parts;
    private final Host host;
    private final Recogniser recogniser;
    private final Links links;
    private final Reacher reacher;

    /** What strangers may ask for. */
    record Services(Publications publications, OwnRecords records, Intake intake) {}

    Network(Parts parts, Host host, Recogniser recogniser, Links links, Reacher reacher) {
        this.parts = parts;
        this.host = host;
        this.recogniser = recogniser;
        this.links = links;
        this.reacher = reacher;
    }

    /** Serves, listens, and begins to reach everybody; completes with the addresses bound. */
    CompletionStage<List<Multiaddr>> start(Exchanges exchanges, Services services) {
        RateLimiter limiter = new RateLimiter(parts.loop(), QUESTIONS_PER_ADDRESS, QUESTIONS);
        exchanges.serve(
                host,
                Protocols.RECORD,
                AskToken.SIZE_BYTES,
                (connection, question) -> limiter.tryNext(connection)
                        ? record(services, question)
                        : CompletableFuture.completedFuture(Bytes.EMPTY));
        exchanges.serve(host, Protocols.KNOCK, KnockBlock.SIZE_BYTES, (connection, block) -> {
            // Looked at after the answer is on its way, so that the time to it tells nothing.
            if (limiter.tryNext(connection)) {
                parts.loop().execute(() -> services.intake().onKnock(block));
            }
            return CompletableFuture.completedFuture(KnockBlock.ANSWER);
        });
        exchanges.serve(host, Protocols.RECOGNIZE, RecognitionMessage.SIZE_BYTES_MAX, recogniser::answer);
        host.handle(Protocols.SESSION, new SessionDoor());
        host.addListener(new Forgetting());
        links.watch(reacher::arrived, reacher::pursue);
        return exchanges.onLoop(host.start()).thenApply(bound -> {
            reacher.start();
            return bound;
        });
    }

    private static CompletionStage<Bytes> record(Services services, Bytes question) {
        Optional<Publication> found;
        try {
            found = services.publications().find(AskToken.decode(question));
        } catch (WireException malformed) {
            found = Optional.empty();
        }
        return found.map(publication -> services.records().of(publication).thenApply(SealedRecord::encoded))
                .orElse(CompletableFuture.completedFuture(Bytes.EMPTY));
    }

    /** Takes sessions from those who were recognised. */
    private final class SessionDoor implements ProtocolHandler {
        @Override
        public boolean isOfferedOn(Connection connection) {
            return recogniser.isRecognised(connection);
        }

        @Override
        public void onStream(Stream stream) {
            // Reading begins on the node loop; until then the stream holds what arrives.
            parts.loop()
                    .execute(() -> recogniser
                            .at(stream.connection())
                            .ifPresentOrElse(who -> links.begin(stream, who, false), stream::reset));
        }
    }

    /** Forgets who was at the other end of connections that are gone. */
    private final class Forgetting implements ConnectionListener {
        @Override
        public void onOpened(Connection connection) {
            // Nothing is known of it until recognition.
        }

        @Override
        public void onClosed(Connection connection) {
            parts.loop().execute(() -> recogniser.forget(connection));
        }
    }
}
