package sotto.libp2p.identify;

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
import sotto.libp2p.swarm.Swarm;

/**
 * Asks the other end of every connection who it says it is, answers the same question, and tells it when the answer has
 * changed. Names the protocols that are offered on that very connection, no others. Thread-safe.
 */
public final class Identify implements ConnectionListener {
    public static final ProtocolId IDENTIFY = new ProtocolId("/ipfs/id/1.0.0");
    public static final ProtocolId PUSH = new ProtocolId("/ipfs/id/push/1.0.0");

    private static final PeerDescription NOTHING_YET = new PeerDescription("", List.of(), Optional.empty(), List.of());

    private final Swarm swarm;
    private final PublicKey key;
    private final Map<Connection, PeerDescription> descriptions = new ConcurrentHashMap<>();

    private Identify(Swarm swarm, PublicKey key) {
        this.swarm = swarm;
        this.key = key;
    }

    /** Serves {@code swarm}, whose host is known by {@code key}, from now on. */
    public static void serve(Swarm swarm, PublicKey key) {
        Identify identify = new Identify(swarm, key);
        swarm.handle(IDENTIFY, identify::tell);
        swarm.handle(PUSH, identify::listen);
        swarm.announceBy(identify::push);
        swarm.addListener(identify);
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

    private void push(Connection connection) {
        connection.open(List.of(PUSH)).thenAccept(this::tell);
    }

    private void tell(Stream stream) {
        MessageStream messages = new MessageStream(stream, IdentifyCodec.MESSAGE_BYTES_MAX);
        messages.read(new Deaf());
        messages.write(IdentifyCodec.encode(key, ourDescription(stream.connection())));
        stream.closeWrite();
    }

    private void listen(Stream stream) {
        MessageStream messages = new MessageStream(stream, IdentifyCodec.MESSAGE_BYTES_MAX);
        messages.read(new Listening(stream));
    }

    private PeerDescription ourDescription(Connection connection) {
        return new PeerDescription(
                IdentifyCodec.AGENT_VERSION,
                swarm.listenAddresses(),
                Optional.of(connection.remoteAddress()),
                swarm.protocolsOfferedOn(connection));
    }

    private void onMessage(Stream stream, Bytes message) {
        Connection connection = stream.connection();
        try {
            PeerDescription before = descriptions.getOrDefault(connection, NOTHING_YET);
            PeerDescription told = IdentifyCodec.decode(message, before);
            if (connection.isOpen()) {
                descriptions.put(connection, told);
                swarm.describe(connection, told);
            }
        } catch (WireException malformed) {
            stream.reset();
        }
    }

    /** Takes one message; a second is more than was asked for. */
    private final class Listening implements MessageStream.Reader {
        private final Stream stream;
        private boolean wasTold;

        Listening(Stream stream) {
            this.stream = stream;
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
            stream.closeWrite();
        }

        @Override
        public void onReset() {
            // Whoever does not say who it is remains who the handshake has proven it to be.
        }
    }

    /** Whoever asks has nothing to say. */
    private static final class Deaf implements MessageStream.Reader {
        @Override
        public void onMessage(Bytes message) {}

        @Override
        public void onEnd() {}

        @Override
        public void onReset() {}
    }
}
