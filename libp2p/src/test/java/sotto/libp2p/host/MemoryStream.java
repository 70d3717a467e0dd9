package sotto.libp2p.host;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.bytes.Bytes;

/** One end of a stream in memory: keeps order, and holds what arrives while nobody reads. */
final class MemoryStream implements Stream {
    private final MemoryConnection connection;
    private final ProtocolId protocol;
    private final Queue<Runnable> unread = new ArrayDeque<>();
    private final List<Runnable> onReset = new ArrayList<>();
    private Optional<MemoryStream> other = Optional.empty();
    private Optional<Reader> reader = Optional.empty();
    private boolean isReading = true;
    private boolean hasEnded;
    private boolean isReset;

    MemoryStream(MemoryConnection connection, ProtocolId protocol) {
        this.connection = connection;
        this.protocol = protocol;
    }

    void join(MemoryStream remoteEnd) {
        other = Optional.of(remoteEnd);
        remoteEnd.other = Optional.of(this);
    }

    void onReset(Runnable action) {
        onReset.add(action);
    }

    void resetHere() {
        if (!isReset) {
            isReset = true;
            unread.clear();
            onReset.forEach(Runnable::run);
            reader.ifPresent(Reader::onReset);
        }
    }

    private void arrive(Runnable event) {
        if (!isReset) {
            unread.add(event);
            deliver();
        }
    }

    private void deliver() {
        while (isReading && reader.isPresent() && !unread.isEmpty()) {
            unread.remove().run();
        }
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
    public void read(Reader next) {
        reader = Optional.of(next);
        connection.host().loop().execute(this::deliver);
    }

    @Override
    public void setReading(boolean isReading) {
        this.isReading = isReading;
        connection.host().loop().execute(this::deliver);
    }

    @Override
    public CompletionStage<Void> write(Bytes bytes) {
        if (isReset || !connection.isOpen()) {
            return CompletableFuture.failedFuture(new HostException(HostException.Reason.CLOSED, "reset"));
        }
        connection.atOtherEnd(() ->
                other.ifPresent(end -> end.arrive(() -> end.reader.orElseThrow().onBytes(bytes))));
        CompletableFuture<Void> written = new CompletableFuture<>();
        connection.host().loop().execute(() -> written.complete(null));
        return written;
    }

    @Override
    public void closeWrite() {
        if (hasEnded) {
            return;
        }
        hasEnded = true;
        connection.atOtherEnd(() ->
                other.ifPresent(end -> end.arrive(() -> end.reader.orElseThrow().onEnd())));
    }

    @Override
    public void reset() {
        resetHere();
        connection.atOtherEnd(() -> other.ifPresent(MemoryStream::resetHere));
    }
}
