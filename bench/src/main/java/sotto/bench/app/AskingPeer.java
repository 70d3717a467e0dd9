package sotto.bench.app;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.Ed25519KeyPair;
import sotto.libp2p.host.AddressPolicy;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.HostMeter;
import sotto.libp2p.host.Limits;
import sotto.libp2p.host.MessageStream;
import sotto.libp2p.host.ProtocolId;
import sotto.libp2p.kad.Answer;
import sotto.libp2p.kad.KadCodec;
import sotto.libp2p.kad.KadConstants;
import sotto.libp2p.kad.KadLimits;
import sotto.libp2p.kad.Peer;
import sotto.libp2p.kad.Request;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.peer.PeerId;
import sotto.libp2p.runtime.Entropy;
import sotto.libp2p.swarm.Swarm;
import sotto.libp2p.transport.Loops;

/** A peer with a key of its own and one connection, on threads that it shares with thousands like it. Thread-safe. */
final class AskingPeer {
    private static final ProtocolId PROTOCOL = KadConstants.protocol(KadConstants.PREFIX);
    private static final int MESSAGE_BYTES_MAX = 16 * 1024;

    private final Swarm swarm;

    // Written once, when connected, before anybody asks.
    private volatile @Nullable Connection connection;
    // Written by who connects and on the connection's loop; read by who asks.
    private volatile CompletableFuture<Conversation> conversation = new CompletableFuture<>();

    AskingPeer(Crypto crypto, Loops loops) {
        Ed25519KeyPair key = crypto.generateEd25519(Entropy.secure());
        swarm = new Swarm(new Swarm.Config(
                crypto, Entropy.secure(), key, AddressPolicy.ANYWHERE, Limits.STANDARD, loops, HostMeter.NONE));
        key.close();
    }

    /** Connects, and opens a stream that keeps the connection from being idle. */
    CompletionStage<Conversation> connect(Multiaddr node) {
        return swarm.connect(node).thenCompose(opened -> {
            connection = opened;
            return open();
        });
    }

    boolean isConnected() {
        Connection known = connection;
        return known != null && known.isOpen();
    }

    /** Who is named as closest to {@code target}; fails if the stream is reset. */
    CompletionStage<List<PeerId>> ask(Bytes target) {
        return conversation
                .thenCompose(open -> open.ask(List.of(new Request.FindNode(target))))
                .thenApply(answer -> answer.closer().stream().map(Peer::id).toList());
    }

    /** Asks all of {@code requests} at once; completes with the last answer, and fails if one is refused. */
    CompletionStage<Answer> askAll(List<Request.FindNode> requests) {
        return conversation.thenCompose(open -> open.ask(requests));
    }

    private CompletionStage<Conversation> open() {
        CompletableFuture<Conversation> opening = new CompletableFuture<>();
        conversation = opening;
        Connection known = connection;
        if (known == null) {
            throw new IllegalStateException("a peer asks once it is connected");
        }
        known.open(List.of(PROTOCOL)).whenComplete((stream, failure) -> {
            if (failure == null) {
                opening.complete(new Conversation(new MessageStream(stream, MESSAGE_BYTES_MAX)));
            } else {
                opening.completeExceptionally(failure);
            }
        });
        return opening;
    }

    /** One stream, on which answers come in the order of the questions. */
    final class Conversation implements MessageStream.Reader {
        private final MessageStream messages;
        private final Queue<Asked> waiting = new ConcurrentLinkedQueue<>();

        Conversation(MessageStream messages) {
            this.messages = messages;
            messages.read(this);
        }

        private CompletionStage<Answer> ask(List<Request.FindNode> requests) {
            CompletableFuture<Answer> answer = new CompletableFuture<>();
            for (Request.FindNode request : requests) {
                answer = new CompletableFuture<>();
                Asked asked = new Asked(request, answer);
                waiting.add(asked);
                messages.write(KadCodec.encode(request)).exceptionally(failure -> {
                    asked.answer.completeExceptionally(failure);
                    return null;
                });
            }
            return answer;
        }

        @Override
        public void onMessage(Bytes message) {
            Asked asked = waiting.remove();
            try {
                asked.answer.complete(KadCodec.decodeAnswer(message, asked.request, KadLimits.STANDARD.records()));
            } catch (WireException malformed) {
                asked.answer.completeExceptionally(malformed);
            }
        }

        @Override
        public void onEnd() {
            onReset();
        }

        @Override
        public void onReset() {
            open();
            for (Asked asked = waiting.poll(); asked != null; asked = waiting.poll()) {
                asked.answer.completeExceptionally(new IOException("refused"));
            }
        }
    }

    private record Asked(Request.FindNode request, CompletableFuture<Answer> answer) {}
}
