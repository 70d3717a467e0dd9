package sotto.libp2p.yamux;

/** By how much the windows of one connection may still grow, all together. Not thread-safe. */
final class WindowGrowth {
    private int leftBytes;

    WindowGrowth(int maxBytes) {
        this.leftBytes = maxBytes;
    }

    /** Takes up to {@code wantedBytes}; how much was granted. */
    int take(int wantedBytes) {
        int granted = Math.min(wantedBytes, leftBytes);
        leftBytes -= granted;
        return granted;
    }

    void giveBack(int bytes) {
        leftBytes += bytes;
    }
}
