package sotto.libp2p.crypto;

import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.pb.KeyType;

/** The public half of an Ed25519 key: 32 bytes, not yet checked to be a point that is safe to use; verification checks it. */
public record Ed25519PublicKey(Bytes bytes) implements PublicKey {
    public static final int SIZE_BYTES = 32;

    public Ed25519PublicKey {
        if (bytes.size() != SIZE_BYTES) {
            throw new IllegalArgumentException("an Ed25519 public key has 32 bytes, not " + bytes.size());
        }
    }

    static Ed25519PublicKey decode(Bytes bytes) throws WireException {
        if (bytes.size() != SIZE_BYTES) {
            throw new WireException("an Ed25519 public key has 32 bytes, not " + bytes.size());
        }
        return new Ed25519PublicKey(bytes);
    }

    @Override
    public KeyType type() {
        return KeyType.Ed25519;
    }

    @Override
    public boolean verifies(Crypto crypto, Bytes message, Bytes signature) {
        return crypto.verify(this, message, signature);
    }
}
