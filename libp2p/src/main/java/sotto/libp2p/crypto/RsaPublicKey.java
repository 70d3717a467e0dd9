package sotto.libp2p.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.pb.KeyType;

/**
 * An RSA key of 2,048 to 8,192 bits as X.509 writes it. Signatures are PKCS #1 v1.5 with SHA-256. The JDK does the arithmetic:
 * verifying is fast everywhere, and RSA peers are rare.
 */
public final class RsaPublicKey implements PublicKey {
    public static final int MODULUS_BITS_MIN = 2_048;
    /** Verifying takes time by the square of it. */
    public static final int MODULUS_BITS_MAX = 8_192;
    /** Beyond it verifying takes as long as signing; nobody uses such. */
    private static final int EXPONENT_BITS_MAX = 32;

    private final Bytes bytes;
    private final RSAPublicKey key;

    private RsaPublicKey(Bytes bytes, RSAPublicKey key) {
        this.bytes = bytes;
        this.key = key;
    }

    static RsaPublicKey decode(Bytes bytes) throws WireException {
        RSAPublicKey key = parse(bytes);
        int modulusBits = key.getModulus().bitLength();
        if (modulusBits < MODULUS_BITS_MIN || modulusBits > MODULUS_BITS_MAX) {
            throw new WireException("an RSA key of " + modulusBits + " bits, not 2048 to 8192");
        }
        BigInteger exponent = key.getPublicExponent();
        boolean isUsual = exponent.testBit(0)
                && exponent.bitLength() > 1
                && exponent.bitLength() <= EXPONENT_BITS_MAX
                && key.getModulus().testBit(0);
        if (!isUsual) {
            throw new WireException("an RSA key with an exponent or modulus that no key has");
        }
        if (!Bytes.owning(key.getEncoded()).equals(bytes)) {
            throw new WireException("an RSA key that is not in DER");
        }
        return new RsaPublicKey(bytes, key);
    }

    private static RSAPublicKey parse(Bytes bytes) throws WireException {
        if (bytes.size() > ENCODED_BYTES_MAX) {
            throw new WireException("an RSA key of " + bytes.size() + " bytes");
        }
        try {
            KeyFactory keys = KeyFactory.getInstance("RSA");
            return (RSAPublicKey) keys.generatePublic(new X509EncodedKeySpec(bytes.toArray()));
        } catch (GeneralSecurityException | RuntimeException malformed) {
            // The JDK's parser is not known to throw unchecked on malformed keys, but says nowhere that it will not.
            throw new WireException("a malformed RSA key", malformed);
        }
    }

    @Override
    public Bytes bytes() {
        return bytes;
    }

    @Override
    public KeyType type() {
        return KeyType.RSA;
    }

    @Override
    public boolean verifies(Crypto crypto, Bytes message, Bytes signature) {
        try {
            Signature verifier = Signature.getInstance("SHA256withRSA");
            verifier.initVerify(key);
            verifier.update(message.toArray());
            return verifier.verify(signature.toArray());
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RsaPublicKey rsa && bytes.equals(rsa.bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    @Override
    public String toString() {
        return "RsaPublicKey[" + bytes + "]";
    }
}
