package sotto.node.wire;

import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.Ed25519PublicKey;

/** Where a record lies: the first 19 bytes of the labelled SHA-256 of the directory public key that signs it. */
public record Locator(Bytes bytes) {
    public static final int SIZE_BYTES = 19;

    public Locator {
        if (bytes.size() != SIZE_BYTES) {
            throw new IllegalArgumentException("a locator has 19 bytes, not " + bytes.size());
        }
    }

    public static Locator of(Crypto crypto, Ed25519PublicKey directoryKey) {
        Bytes hash = crypto.sha256(Label.RECORD_LOCATOR.over(directoryKey.bytes()));
        return new Locator(hash.slice(0, SIZE_BYTES));
    }

    /** A locator that stands alone, as in a key of the directory. */
    public static Locator decode(Bytes bytes) throws WireException {
        if (bytes.size() != SIZE_BYTES) {
            throw new WireException("expected a locator of 19 bytes, found " + bytes.size());
        }
        return new Locator(bytes);
    }
}
