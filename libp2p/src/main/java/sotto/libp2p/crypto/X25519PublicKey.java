package sotto.libp2p.crypto;

import sotto.libp2p.bytes.Bytes;

/** The public half of an X25519 key: 32 bytes, not yet checked to be a point that is safe to use. */
public record X25519PublicKey(Bytes bytes) {
    public static final int SIZE_BYTES = 32;

    public X25519PublicKey {
        if (bytes.size() != SIZE_BYTES) {
            throw new IllegalArgumentException("an X25519 public key has 32 bytes, not " + bytes.size());
        }
    }
}
