package sotto.node.session;

import sotto.libp2p.crypto.Crypto;

/** The sizes that a frame can have on the wire, tag included: what an observer learns of a message's length. */
enum PaddingClass {
    B512(512),
    B1024(1_024),
    B2048(2_048),
    B4096(4_096),
    B8192(8_192);

    /** What every message longer than one frame is cut into. */
    static final PaddingClass LARGEST = B8192;

    private static final int FLAG_BYTES = 1;
    private static final int LENGTH_BYTES = 2;

    private final int sizeBytes;

    PaddingClass(int sizeBytes) {
        this.sizeBytes = sizeBytes;
    }

    int sizeBytes() {
        return sizeBytes;
    }

    int plaintextBytes() {
        return sizeBytes - Crypto.AEAD_TAG_BYTES;
    }

    /** The most content in a frame of this class. */
    int capacity() {
        return plaintextBytes() - FLAG_BYTES - LENGTH_BYTES;
    }

    /** The smallest class that holds {@code contentBytes}; the largest where none does. */
    static PaddingClass holding(int contentBytes) {
        for (PaddingClass candidate : values()) {
            if (contentBytes <= candidate.capacity()) {
                return candidate;
            }
        }
        return LARGEST;
    }
}
