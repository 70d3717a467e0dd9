package sotto.bench.interop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import sotto.libp2p.host.Stream;

/** Writes the pattern to a stream, each chunk when the one before was taken, then ends its direction. */
final class PatternWriter {
    private final Stream stream;
    private final long sizeBytes;
    private final AtomicLong acceptedBytes = new AtomicLong();
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    PatternWriter(Stream stream, long sizeBytes) {
        this.stream = stream;
        this.sizeBytes = sizeBytes;
    }

    /** Completes when everything was taken and the direction is closed. */
    CompletionStage<Void> start() {
        writeFrom(0);
        return done;
    }

    /** How many bytes were taken so far. */
    long acceptedBytes() {
        return acceptedBytes.get();
    }

    private void writeFrom(long from) {
        long offset = from;
        while (offset < sizeBytes) {
            int chunkBytes = (int) Math.min(Pattern.CHUNK_BYTES, sizeBytes - offset);
            CompletionStage<Void> taken = stream.write(Pattern.chunk(offset, chunkBytes));
            offset += chunkBytes;
            if (!isTakenAlready(taken)) {
                goOn(taken, offset);
                return;
            }
            acceptedBytes.set(offset);
        }
        stream.closeWrite();
        done.complete(null);
    }

    private void goOn(CompletionStage<Void> taken, long next) {
        taken.whenComplete((nothing, failure) -> {
            if (failure == null) {
                acceptedBytes.set(next);
                writeFrom(next);
            } else {
                done.completeExceptionally(failure);
            }
        });
    }

    private static boolean isTakenAlready(CompletionStage<Void> taken) {
        CompletableFuture<Void> outcome = taken.toCompletableFuture();
        return outcome.isDone() && !outcome.isCompletedExceptionally();
    }
}
