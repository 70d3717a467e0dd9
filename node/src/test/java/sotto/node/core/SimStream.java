package sotto.node.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.HostException;
import sotto.libp2p.host.ProtocolId;
import sotto.libp2p.host.Stream;

/** One end of a simulated stream: keeps order, holds what arrives before somebody reads. */
final class SimStream implements Stream {
    private final SimConnection connection;
    private final ProtocolId protocol;
    private final Queue<Runnable> unread = new ArrayDeque<>();
    private final List<Runnable> onReset = new ArrayList<>();
    private Optional<SimStream> other = Optional.empty();
    private Optional<Reader> reader = Optional.empty();
    private boolean isReset;
    private boolean isClosed;

    SimStream(SimConnection connection, ProtocolId protocol) {
        this.connection = connection;
        this.protocol = protocol;
    }

    void join(SimStream remoteEnd) {
        other = Optional.of(remoteEnd);
        remoteEnd.other = Optional.of(this);
    }

    void onReset(Runnable action) {
        onReset.add(action);
    }

    void resetHere() {
        if (!isReset) {
            isReset = true;
            onReset.forEach(Runnable::run);
            arrive(() -> reader.ifPresent(Reader::onReset));
        }
    }

    private void arrive(Runnable event) {
        unread.add(event);
        deliver();
    }

    private void deliver() {
        while (reader.isPresent() && !unread.isEmpty()) {
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
        connection.host().loop.execute(this::deliver);
    }

    @Override
    public void setReading(boolean isReading) {
        // The messenger's own bound is what is simulated; nothing here can grow beyond it.
    }

    @Override
    public CompletionStage<Void> write(Bytes bytes) {
        if (isReset || !connection.isOpen()) {
            return CompletableFuture.failedFuture(new HostException(HostException.Reason.CLOSED, "reset"));
        }
        connection.atOtherEnd(() -> far().ifPresent(end -> {
            if (!end.isReset) {
                end.connection.host().arrived(end.connection, bytes);
                end.arrive(() -> end.reader.orElseThrow().onBytes(bytes));
            }
        }));
        CompletableFuture<Void> written = new CompletableFuture<>();
        connection.host().loop.execute(() -> written.complete(null));
        return written;
    }

    @Override
    public void closeWrite() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        connection.atOtherEnd(() -> far().ifPresent(end -> {
            if (!end.isReset) {
                end.arrive(() -> end.reader.orElseThrow().onEnd());
            }
        }));
    }

    @Override
    public void reset() {
        resetHere();
        connection.atOtherEnd(() -> far().ifPresent(SimStream::resetHere));
    }

    private Optional<SimStream> far() {
        return other;
    }
}
