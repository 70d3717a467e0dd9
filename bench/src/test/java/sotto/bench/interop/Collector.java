package sotto.bench.interop;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.concurrent.CompletableFuture;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.HostException;
import sotto.libp2p.host.Stream;

/** Reads a stream to its end, counting and hashing. Confined to the connection's loop; its outcome may be waited for anywhere. */
final class Collector implements Stream.Reader {
    private static final int BEGINNING_BYTES = 1024;

    private final MessageDigest digest = Pattern.sha256();
    private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();
    private final CompletableFuture<Read> outcome = new CompletableFuture<>();
    private long sizeBytes;

    /** What was read: how much, its SHA-256, and its first kibibyte. */
    record Read(long sizeBytes, Bytes sha256, Bytes beginning) {}

    static CompletableFuture<Read> readToEnd(Stream stream) {
        Collector collector = new Collector();
        stream.read(collector);
        return collector.outcome;
    }

    @Override
    public void onBytes(Bytes bytes) {
        sizeBytes += bytes.size();
        digest.update(bytes.asByteBuffer());
        int room = Math.min(bytes.size(), BEGINNING_BYTES - beginning.size());
        beginning.writeBytes(bytes.slice(0, room).toArray());
    }

    @Override
    public void onEnd() {
        outcome.complete(new Read(sizeBytes, Bytes.owning(digest.digest()), Bytes.owning(beginning.toByteArray())));
    }

    @Override
    public void onReset() {
        outcome.completeExceptionally(new HostException(HostException.Reason.CLOSED, "the stream was reset"));
    }
}
