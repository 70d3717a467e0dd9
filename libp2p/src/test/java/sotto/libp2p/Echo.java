package sotto.libp2p;

import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.ProtocolHandler;
import sotto.libp2p.host.ProtocolId;
import sotto.libp2p.host.Stream;

/** Sends back what comes, and reads on when it has left. */
final class Echo implements Stream.Reader {
    static final ProtocolId PROTOCOL = new ProtocolId("/test/echo/1.0.0");

    private final Stream stream;

    private Echo(Stream stream) {
        this.stream = stream;
    }

    static ProtocolHandler handler() {
        return stream -> stream.read(new Echo(stream));
    }

    @Override
    public void onBytes(Bytes bytes) {
        stream.setReading(false);
        stream.write(bytes).thenRun(() -> stream.setReading(true));
    }

    @Override
    public void onEnd() {
        stream.closeWrite();
    }

    @Override
    public void onReset() {
        // Nothing to give back.
    }
}
