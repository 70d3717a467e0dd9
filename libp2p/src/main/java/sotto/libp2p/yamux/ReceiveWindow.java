package sotto.libp2p.yamux;

import java.time.Duration;
import java.util.Optional;
import sotto.libp2p.bytes.WireException;

/**
 * What the other end may still send on a stream, and when to allow it more. Begins at 256 KiB (Yamux spec, "Flow Control");
 * doubles while the window, not the reader, is what the sender waits for: when half of it is read within four round trips.
 * Not thread-safe.
 */
final class ReceiveWindow {
    static final int INITIAL_BYTES = 256 * 1024;

    private static final int FAST_ROUND_TRIPS = 4;

    private final int maxBytes;
    private final WindowGrowth growth;
    private int sizeBytes = INITIAL_BYTES;
    private int allowedBytes = INITIAL_BYTES;
    private int readBytes;
    private Duration lastUpdate = Duration.ZERO;

    ReceiveWindow(int maxBytes, WindowGrowth growth) {
        this.maxBytes = maxBytes;
        this.growth = growth;
    }

    /** {@code bytes} were announced by a frame. */
    void onAnnounced(long bytes) throws WireException {
        if (bytes > allowedBytes) {
            throw new WireException("a frame of " + bytes + " bytes into a window of " + allowedBytes);
        }
        allowedBytes -= (int) bytes;
    }

    /**
     * {@code bytes} were taken by the reader.
     *
     * @return by how much to increase the other end's window now; 0 for not yet
     */
    int onRead(int bytes, Duration now, Optional<Duration> roundTrip) {
        readBytes += bytes;
        if (readBytes < sizeBytes / 2) {
            return 0;
        }
        int increment = readBytes + grow(now, roundTrip);
        readBytes = 0;
        lastUpdate = now;
        allowedBytes += increment;
        return increment;
    }

    /** The stream is gone: what its window had grown by is there for others. */
    void close() {
        growth.giveBack(sizeBytes - INITIAL_BYTES);
        sizeBytes = INITIAL_BYTES;
    }

    private int grow(Duration now, Optional<Duration> roundTrip) {
        boolean isFast = roundTrip
                .map(time -> now.minus(lastUpdate).compareTo(time.multipliedBy(FAST_ROUND_TRIPS)) < 0)
                .orElse(false);
        int granted = isFast ? growth.take(Math.max(0, Math.min(sizeBytes, maxBytes - sizeBytes))) : 0;
        sizeBytes += granted;
        return granted;
    }
}
