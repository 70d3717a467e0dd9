package sotto.node.session;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.ProtocolId;
import sotto.libp2p.host.Stream;

/** One end of a stream in memory that delivers at once, and holds what its reader does not want yet. Confined to one thread. */
final class Pipe implements Stream {
    private final Queue<Bytes> held = new ArrayDeque<>();
    private Optional<Pipe> other = Optional.empty();
    private Optional<Reader> reader = Optional.empty();
    private Runnable beforeStopping = () -> {};
    private boolean isReading = true;
    private boolean isDelivering;

    void join(Pipe far) {
        other = Optional.of(far);
        far.other = Optional.of(this);
    }

    /** What other threads do between a reader's wish to stop and its taking effect. */
    void beforeStopping(Runnable action) {
        beforeStopping = action;
    }

    boolean isReading() {
        return isReading;
    }

    @Override
    public void read(Reader next) {
        reader = Optional.of(next);
        deliver();
    }

    @Override
    public void setReading(boolean isWanted) {
        if (!isWanted) {
            beforeStopping.run();
        }
        isReading = isWanted;
        deliver();
    }

    @Override
    public CompletionStage<Void> write(Bytes bytes) {
        other.orElseThrow().held.add(bytes);
        other.orElseThrow().deliver();
        return CompletableFuture.completedFuture(null);
    }

    private void deliver() {
        if (isDelivering) {
            return;
        }
        isDelivering = true;
        while (isReading && reader.isPresent() && !held.isEmpty()) {
            reader.get().onBytes(held.remove());
        }
        isDelivering = false;
    }

    @Override
    public ProtocolId protocol() {
        return new ProtocolId("/pipe");
    }

    @Override
    public Connection connection() {
        throw new UnsupportedOperationException("a pipe has no connection");
    }

    @Override
    public void closeWrite() {
        throw new UnsupportedOperationException("nobody ends a pipe");
    }

    @Override
    public void reset() {
        throw new UnsupportedOperationException("nobody ends a pipe");
    }
}
