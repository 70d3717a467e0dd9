package sotto.libp2p.crypto;

import org.bouncycastle.math.ec.ECPoint;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.pb.KeyType;

/**
 * A key on NIST's P-256, its point uncompressed, whose signatures are ECDSA over SHA-256. Two dialects are met, told apart by
 * the key's encoding, which stays as it came because the peer id is its hash: that of the specification (X.509, signatures in
 * DER), which go-libp2p and rust-libp2p speak, and js-libp2p's (RFC 5915 without a private key, signatures as two bare numbers).
 */
public final class EcdsaPublicKey implements PublicKey {
    // The fixed DER before the point: SubjectPublicKeyInfo of ecPublicKey on prime256v1 (RFC 5480 §2).
    private static final Bytes X509_HEADER = Bytes.ofHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");
    // ECPrivateKey (RFC 5915 §3) with everything but the private key.
    private static final Bytes JS_HEADER = Bytes.ofHex("3055020101a00a06082a8648ce3d030107a144034200");
    private static final int POINT_BYTES = 65;
    private static final byte UNCOMPRESSED = 4;

    private final Bytes bytes;
    private final ECPoint point;

    private EcdsaPublicKey(Bytes bytes, ECPoint point) {
        this.bytes = bytes;
        this.point = point;
    }

    static EcdsaPublicKey decode(Bytes bytes) throws WireException {
        int pointAt = bytes.size() - POINT_BYTES;
        boolean isP256 = pointAt > 0
                && (bytes.slice(0, pointAt).equals(X509_HEADER)
                        || bytes.slice(0, pointAt).equals(JS_HEADER))
                && bytes.at(pointAt) == UNCOMPRESSED;
        if (!isP256) {
            throw new WireException("an ECDSA public key that is not an uncompressed point of P-256");
        }
        return new EcdsaPublicKey(bytes, EcdsaCurve.P256.point(bytes.slice(pointAt, bytes.size())));
    }

    @Override
    public Bytes bytes() {
        return bytes;
    }

    @Override
    public KeyType type() {
        return KeyType.ECDSA;
    }

    @Override
    public boolean verifies(Crypto crypto, Bytes message, Bytes signature) {
        try {
            EcdsaSignature numbers = bytes.startsWith(JS_HEADER)
                    ? EcdsaSignature.ofBareNumbers(signature)
                    : EcdsaSignature.ofDer(signature);
            return EcdsaCurve.P256.verifies(point, message, numbers);
        } catch (WireException malformed) {
            return false;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EcdsaPublicKey key && bytes.equals(key.bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    @Override
    public String toString() {
        return "EcdsaPublicKey[" + bytes + "]";
    }
}
