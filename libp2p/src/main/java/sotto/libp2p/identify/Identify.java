package sotto.libp2p.identify;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.PublicKey;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.ConnectionListener;
import sotto.libp2p.host.MessageStream;
import sotto.libp2p.host.PeerDescription;
import sotto.libp2p.host.ProtocolId;
import sotto.libp2p.host.Stream;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.EventLoop;

/**
 * Asks the other end of every connection who it says it is, answers the same question, and tells it when the answer has
 * changed. Names the protocols that are offered on that very connection, no others. Thread-safe.
 */
public final class Identify implements ConnectionListener {
    public static final ProtocolId IDENTIFY = new ProtocolId("/ipfs/id/1.0.0");
    public static final ProtocolId PUSH = new ProtocolId("/ipfs/id/push/1.0.0");

    /** Of each of the two protocols, open at once and opened by the other end of one connection; to be kept by who offers them. */
    public static final int STREAMS_MAX = 2;

    private static final PeerDescription NOTHING_YET = new PeerDescription("", List.of(), Optional.empty(), List.of());

    private final PublicKey key;
    private final Self self;
    private final EventLoop loop;
    private final Duration patience;
    private final Map<Connection, PeerDescription> descriptions = new ConcurrentHashMap<>();

    /** For the host that is known by {@code key}; its streams are over within {@code patience}, or reset. */
    public Identify(PublicKey key, Self self, EventLoop loop, Duration patience) {
        this.key = key;
        this.self = self;
        this.loop = loop;
        this.patience = patience;
    }

    /** What the host can say of itself, and who is told what others say of themselves. */
    public interface Self {
        /** Where the host can be dialled. */
        List<Multiaddr> listenAddresses();

        /** What {@code connection} may negotiate just now. */
        List<ProtocolId> protocolsOfferedOn(Connection connection);

        /** The other end of {@code connection} said this; told on its loop. */
        void onDescribed(Connection connection, PeerDescription description);
    }

    @Override
    public void onOpened(Connection connection) {
        connection.open(List.of(IDENTIFY)).thenAccept(stream -> {
            stream.closeWrite();
            listen(stream);
        });
    }

    @Override
    public void onClosed(Connection connection) {
        descriptions.remove(connection);
    }

    /** Tells the other end of {@code connection} anew. */
    public void push(Connection connection) {
        connection.open(List.of(PUSH)).thenAccept(this::tell);
    }

    /** Says who this host is; to be offered as {@link #IDENTIFY}. */
    public void tell(Stream stream) {
        MessageStream messages = new MessageStream(stream, IdentifyCodec.MESSAGE_BYTES_MAX);
        messages.read(new Deaf(deadline(stream)));
        messages.write(IdentifyCodec.encode(key, ourDescription(stream.connection())));
        stream.closeWrite();
    }

    /** Hears who the other end is; to be offered as {@link #PUSH}. */
    public void listen(Stream stream) {
        MessageStream messages = new MessageStream(stream, IdentifyCodec.MESSAGE_BYTES_MAX);
        messages.read(new Listening(stream, deadline(stream)));
    }

    private EventLoop.Timer deadline(Stream stream) {
        return loop.schedule(patience, stream::reset);
    }

    private PeerDescription ourDescription(Connection connection) {
        return new PeerDescription(
                IdentifyCodec.AGENT_VERSION,
                self.listenAddresses(),
                Optional.of(connection.remoteAddress()),
                self.protocolsOfferedOn(connection));
    }

    private void onMessage(Stream stream, Bytes message) {
        Connection connection = stream.connection();
        try {
            PeerDescription before = descriptions.getOrDefault(connection, NOTHING_YET);
            PeerDescription told = IdentifyCodec.decode(message, before);
            if (connection.isOpen()) {
                descriptions.put(connection, told);
                self.onDescribed(connection, told);
            }
        } catch (WireException malformed) {
            stream.reset();
        }
    }

    /** Takes one message; a second is more than was asked for. */
    private final class Listening implements MessageStream.Reader {
        private final Stream stream;
        private final EventLoop.Timer deadline;
        private boolean wasTold;

        Listening(Stream stream, EventLoop.Timer deadline) {
            this.stream = stream;
            this.deadline = deadline;
        }

        @Override
        public void onMessage(Bytes message) {
            if (wasTold) {
                stream.reset();
            } else {
                wasTold = true;
                Identify.this.onMessage(stream, message);
            }
        }

        @Override
        public void onEnd() {
            deadline.cancel();
            stream.closeWrite();
        }

        @Override
        public void onReset() {
            deadline.cancel();
            // Whoever does not say who it is remains who the handshake has proven it to be.
        }
    }

    /** Whoever asks has nothing to say. */
    private record Deaf(EventLoop.Timer deadline) implements MessageStream.Reader {
        @Override
        public void onMessage(Bytes message) {}

        @Override
        public void onEnd() {
            // The time goes on: what was written may still wait for a reader that does not read.
        }

        @Override
        public void onReset() {
            deadline.cancel();
        }
    }
}
