package sotto.libp2p;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.Stream;

/** Reads a stream to its end. Confined to the connection's loop, but for its futures. */
final class Inbox implements Stream.Reader {
    final CompletableFuture<Bytes> whole = new CompletableFuture<>();
    final CompletableFuture<Boolean> reset = new CompletableFuture<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    @Override
    public void onBytes(Bytes bytes) {
        received.writeBytes(bytes.toArray());
    }

    @Override
    public void onEnd() {
        whole.complete(Bytes.owning(received.toByteArray()));
    }

    @Override
    public void onReset() {
        reset.complete(true);
        whole.completeExceptionally(new IllegalStateException("the stream was reset"));
    }
}
