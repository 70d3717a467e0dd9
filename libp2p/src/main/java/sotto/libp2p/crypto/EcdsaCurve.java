package sotto.libp2p.crypto;

import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECPoint;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;

/** A curve on which others sign by ECDSA with SHA-256. Immutable. */
final class EcdsaCurve {
    static final EcdsaCurve P256 = new EcdsaCurve("secp256r1");
    static final EcdsaCurve SECP256K1 = new EcdsaCurve("secp256k1");

    private final ECDomainParameters domain;

    private EcdsaCurve(String name) {
        X9ECParameters parameters = CustomNamedCurves.getByName(name);
        this.domain = new ECDomainParameters(parameters);
    }

    /** The point that {@code encoded} is (SEC 1 §2.3.4), on the curve and not at infinity; both curves have prime order. */
    ECPoint point(Bytes encoded) throws WireException {
        try {
            ECPoint point = domain.getCurve().decodePoint(encoded.toArray());
            if (point.isInfinity()) {
                throw new WireException("a public key at infinity");
            }
            return point;
        } catch (IllegalArgumentException offTheCurve) {
            throw new WireException("a public key that is no point of its curve", offTheCurve);
        }
    }

    boolean verifies(ECPoint key, Bytes message, EcdsaSignature signature) {
        ECDSASigner verifier = new ECDSASigner();
        verifier.init(false, new ECPublicKeyParameters(key, domain));
        byte[] hash = HmacSha256.digest().digest(message.toArray());
        return verifier.verifySignature(hash, signature.r(), signature.s());
    }
}
