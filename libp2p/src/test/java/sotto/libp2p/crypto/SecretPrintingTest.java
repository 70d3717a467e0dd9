package sotto.libp2p.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;

/** Proves that what holds a secret prints without it, and that a wiped secret is gone. */
class SecretPrintingTest {
    private static final Crypto CRYPTO = CryptoChoice.fastest();

    @Test
    void printsTheSizeOfASecretAlone() {
        assertEquals(
                "SecretBytes(4)", SecretBytes.owning(new byte[] {1, 2, 3, 4}).toString());
    }

    @Test
    void printsKeyPairsWithoutTheirPrivateHalf() throws CryptoException {
        SplittableRandom random = new SplittableRandom(1);
        X25519KeyPair agreement = CRYPTO.generateX25519(random);
        Ed25519KeyPair signing = CRYPTO.generateEd25519(random);
        MlKem768KeyPair kem = CRYPTO.generateMlKem768(random);
        MlKem768Encapsulation made = CRYPTO.encapsulate(kem.publicKey(), random);
        assertHides(agreement, agreement.privateKey());
        assertHides(signing, signing.privateKey());
        assertHides(kem, kem.seed());
        assertHides(made, made.sharedSecret());
    }

    @Test
    void printsCiphersWithoutTheirKey() {
        for (Crypto crypto : CryptoChoice.all()) {
            SecretBytes key = SecretBytes.random(32, new SplittableRandom(2));
            assertHides(crypto.chaCha20Poly1305(key), key);
        }
    }

    @Test
    void comparesByContentAndForgetsWhenClosed() {
        SecretBytes secret = SecretBytes.owning(new byte[] {1, 2, 3});
        assertEquals(SecretBytes.copyOf(Bytes.ofHex("010203")), secret);
        byte[] inside = secret.use(array -> array);
        secret.close();
        assertTrue(List.of(inside[0], inside[1], inside[2]).stream().allMatch(b -> b == 0));
        assertThrows(IllegalStateException.class, secret::copy);
        assertThrows(IllegalStateException.class, () -> secret.use(array -> array.length));
        assertThrows(IllegalStateException.class, () -> secret.slice(0, 1));
    }

    private static void assertHides(Object holder, SecretBytes secret) {
        String hex = Bytes.owning(secret.copy()).hex();
        for (int i = 0; i + 8 <= hex.length(); i += 8) {
            assertFalse(
                    holder.toString().contains(hex.substring(i, i + 8)),
                    holder.getClass().getSimpleName());
        }
    }
}
