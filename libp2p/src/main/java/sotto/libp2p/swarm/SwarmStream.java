package sotto.libp2p.swarm;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.HostException;
import sotto.libp2p.host.ProtocolId;
import sotto.libp2p.host.Stream;
import sotto.libp2p.yamux.YamuxStream;

/** A stream that has its protocol: brings calls from any thread to the connection's loop. Thread-safe. */
final class SwarmStream implements Stream {
    private final SwarmConnection connection;
    private final YamuxStream stream;
    private final ProtocolId protocol;

    SwarmStream(SwarmConnection connection, YamuxStream stream, ProtocolId protocol) {
        this.connection = connection;
        this.stream = stream;
        this.protocol = protocol;
    }

    @Override
    public ProtocolId protocol() {
        return protocol;
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public void read(Reader reader) {
        connection.onLoop(() -> stream.read(reader));
    }

    @Override
    public void setReading(boolean isReading) {
        connection.onLoop(() -> stream.setReading(isReading));
    }

    @Override
    public CompletionStage<Void> write(Bytes bytes) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        if (connection.isConnected()) {
            connection.onLoop(() -> stream.write(bytes, written));
        } else {
            written.completeExceptionally(new HostException(HostException.Reason.CLOSED, "the connection is closed"));
        }
        return written;
    }

    @Override
    public void closeWrite() {
        connection.onLoop(stream::closeWrite);
    }

    @Override
    public void reset() {
        connection.onLoop(stream::reset);
    }
}
