package sotto.libp2p.crypto;

import org.bouncycastle.math.ec.ECPoint;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.pb.KeyType;

/** A secp256k1 key: a point in Bitcoin's compressed form, 33 bytes. Signatures are ECDSA over SHA-256 in DER. */
public final class Secp256k1PublicKey implements PublicKey {
    public static final int SIZE_BYTES = 33;

    private final Bytes bytes;
    private final ECPoint point;

    private Secp256k1PublicKey(Bytes bytes, ECPoint point) {
        this.bytes = bytes;
        this.point = point;
    }

    static Secp256k1PublicKey decode(Bytes bytes) throws WireException {
        if (bytes.size() != SIZE_BYTES) {
            throw new WireException("a secp256k1 public key has 33 bytes, not " + bytes.size());
        }
        return new Secp256k1PublicKey(bytes, EcdsaCurve.SECP256K1.point(bytes));
    }

    @Override
    public Bytes bytes() {
        return bytes;
    }

    @Override
    public KeyType type() {
        return KeyType.Secp256k1;
    }

    @Override
    public boolean verifies(Crypto crypto, Bytes message, Bytes signature) {
        try {
            return EcdsaCurve.SECP256K1.verifies(point, message, EcdsaSignature.ofDer(signature));
        } catch (WireException malformed) {
            return false;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secp256k1PublicKey key && bytes.equals(key.bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    @Override
    public String toString() {
        return "Secp256k1PublicKey[" + bytes + "]";
    }
}
