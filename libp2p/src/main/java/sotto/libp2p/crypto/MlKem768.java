package sotto.libp2p.crypto;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;
import sotto.libp2p.bytes.Bytes;

/** ML-KEM-768 (FIPS 203) by Bouncy Castle, private keys as seeds only. Stateless. */
final class MlKem768 {
    private static final int MODULUS = 3329;
    private static final int MESSAGE_BYTES = 32;
    /** 3 polynomials of 256 coefficients of 12 bits; the 32-byte matrix seed behind them is free. */
    private static final int COEFFICIENTS_BYTES = 3 * 256 * 12 / 8;

    private MlKem768() {}

    static MlKem768KeyPair keyPair(SecretBytes seed) {
        if (seed.size() != MlKem768KeyPair.SEED_BYTES) {
            throw new IllegalArgumentException("an ML-KEM-768 seed has 64 bytes, not " + seed.size());
        }
        MLKEMPrivateKeyParameters expanded = expanded(seed);
        try {
            byte[] encoded = expanded.getPublicKey();
            return new MlKem768KeyPair(
                    seed.slice(0, MlKem768KeyPair.SEED_BYTES), new MlKem768PublicKey(Bytes.owning(encoded)));
        } finally {
            expanded.destroy();
        }
    }

    static MlKem768Encapsulation encapsulate(MlKem768PublicKey theirs, RandomGenerator random) throws CryptoException {
        byte[] encoded = theirs.bytes().toArray();
        checkModulus(encoded);
        byte[] message = new byte[MESSAGE_BYTES];
        random.nextBytes(message);
        SecretWithEncapsulation made = MLKEMGenerator.internalGenerateEncapsulated(
                new MLKEMPublicKeyParameters(MLKEMParameters.ml_kem_768, encoded), message);
        Arrays.fill(message, (byte) 0);
        return new MlKem768Encapsulation(SecretBytes.owning(made.getSecret()), Bytes.owning(made.getEncapsulation()));
    }

    static SecretBytes decapsulate(MlKem768KeyPair ours, Bytes ciphertext) throws CryptoException {
        if (ciphertext.size() != MlKem768Encapsulation.CIPHERTEXT_BYTES) {
            throw new CryptoException("an ML-KEM-768 ciphertext has 1088 bytes, not " + ciphertext.size());
        }
        MLKEMPrivateKeyParameters expanded = expanded(ours.seed());
        try {
            return SecretBytes.owning(new MLKEMExtractor(expanded).extractSecret(ciphertext.toArray()));
        } finally {
            expanded.destroy();
        }
    }

    private static MLKEMPrivateKeyParameters expanded(SecretBytes seed) {
        return seed.use(bytes -> new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, bytes));
    }

    /** FIPS 203 §7.2: every coefficient of the encoded key is below the modulus. */
    private static void checkModulus(byte[] encoded) throws CryptoException {
        for (int i = 0; i < COEFFICIENTS_BYTES; i += 3) {
            int low = (encoded[i] & 0xff) | (encoded[i + 1] & 0x0f) << 8;
            int high = (encoded[i + 1] & 0xf0) >> 4 | (encoded[i + 2] & 0xff) << 4;
            if (low >= MODULUS || high >= MODULUS) {
                throw new CryptoException("an ML-KEM-768 public key has a coefficient above the modulus");
            }
        }
    }
}
