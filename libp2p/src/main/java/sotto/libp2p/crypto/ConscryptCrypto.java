package sotto.libp2p.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.KeyAgreement;

/**
 * X25519 and Ed25519 by Conscrypt (BoringSSL), twice to three times as fast as Bouncy Castle, which does the rest. Stateless and
 * thread-safe.
 */
final class ConscryptCrypto extends BouncyCastleCrypto {
    // The fixed DER around a bare key (RFC 8410 §4 and §7).
    private static final byte[] X25519_PUBLIC = HexFormat.of().parseHex("302a300506032b656e032100");
    private static final byte[] X25519_PRIVATE = HexFormat.of().parseHex("302e020100300506032b656e04220420");
    private static final byte[] ED25519_PUBLIC = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final byte[] ED25519_PRIVATE = HexFormat.of().parseHex("302e020100300506032b657004220420");
    private static final int SHARED_BYTES = 32;

    private final Provider provider;

    ConscryptCrypto(Provider provider, AeadProvider ciphers) {
        super(ciphers);
        this.provider = provider;
    }

    @Override
    byte[] sharedPoint(byte[] scalar, byte[] point) {
        try {
            KeyFactory keys = KeyFactory.getInstance("XDH", provider);
            KeyAgreement agreement = KeyAgreement.getInstance("XDH", provider);
            agreement.init(privateKey(keys, X25519_PRIVATE, scalar));
            agreement.doPhase(publicKey(keys, X25519_PUBLIC, point), true);
            return agreement.generateSecret();
        } catch (InvalidKeyException smallOrder) {
            // BoringSSL refuses exactly what yields all zero.
            return new byte[SHARED_BYTES];
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this provider has X25519", impossible);
        }
    }

    @Override
    byte[] signature(byte[] seed, byte[] publicKey, byte[] message) {
        try {
            Signature signature = Signature.getInstance("EdDSA", provider);
            signature.initSign(privateKey(KeyFactory.getInstance("EdDSA", provider), ED25519_PRIVATE, seed));
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this provider has Ed25519", impossible);
        }
    }

    @Override
    boolean satisfiesEquation(byte[] publicKey, byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("EdDSA", provider);
            verifier.initVerify(publicKey(KeyFactory.getInstance("EdDSA", provider), ED25519_PUBLIC, publicKey));
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException | InvalidKeyException | InvalidKeySpecException refused) {
            return false;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this provider has Ed25519", impossible);
        }
    }

    private static PublicKey publicKey(KeyFactory keys, byte[] prefix, byte[] bare) throws InvalidKeySpecException {
        return keys.generatePublic(new X509EncodedKeySpec(joined(prefix, bare)));
    }

    private static PrivateKey privateKey(KeyFactory keys, byte[] prefix, byte[] bare) throws InvalidKeySpecException {
        byte[] encoded = joined(prefix, bare);
        try {
            return keys.generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    private static byte[] joined(byte[] prefix, byte[] bare) {
        byte[] joined = Arrays.copyOf(prefix, prefix.length + bare.length);
        System.arraycopy(bare, 0, joined, prefix.length, bare.length);
        return joined;
    }
}
