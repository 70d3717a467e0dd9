package sotto.libp2p.yamux;

import java.io.ByteArrayOutputStream;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.Stream;

/** A reader that remembers all it was told. */
final class Collector implements Stream.Reader {
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    int ends;
    int resets;

    Bytes bytes() {
        return Bytes.owning(received.toByteArray());
    }

    @Override
    public void onBytes(Bytes bytes) {
        received.writeBytes(bytes.toArray());
    }

    @Override
    public void onEnd() {
        ends++;
    }

    @Override
    public void onReset() {
        resets++;
    }
}
