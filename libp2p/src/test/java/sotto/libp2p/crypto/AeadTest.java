package sotto.libp2p.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.runtime.Seeds;

/** Proves of every ChaCha20-Poly1305 that it seals as the portable one, opens only what is authentic, and recovers from forgeries. */
@ParameterizedClass
@MethodSource("implementations")
record AeadTest(Crypto crypto) {
    private static final int TAG = Crypto.AEAD_TAG_BYTES;

    static List<Crypto> implementations() {
        return CryptoChoice.all();
    }

    @Test
    void sealsAsThePortableOneAndOpensInPlace() throws CryptoException {
        SplittableRandom random = new SplittableRandom(3);
        Aead cipher = crypto.chaCha20Poly1305(key());
        Aead portable = CryptoChoice.all().get(0).chaCha20Poly1305(key());
        int[] sizes = {
            0, 1, 15, 16, 17, 63, 64, 65, 127, 128, 129, 255, 1_000, 8_191, 8_192, 8_208, 65_519, 65_536, 200_000
        };
        for (int sizeBytes : sizes) {
            for (int associatedBytes : new int[] {0, 1, 16, 32, 33}) {
                byte[] associated = bytes(random, associatedBytes);
                byte[] plain = bytes(random, sizeBytes);
                // Alone in its array, with a little around it, and as a small part of a large one.
                for (int around : new int[] {0, 5, 3_000}) {
                    byte[] nonce = bytes(random, Crypto.AEAD_NONCE_BYTES);
                    byte[] expected = new byte[sizeBytes + TAG];
                    portable.seal(nonce, associated, plain, 0, sizeBytes, expected, 0);
                    byte[] array = new byte[sizeBytes + TAG + 2 * around];
                    System.arraycopy(plain, 0, array, around, sizeBytes);
                    int sealed = cipher.seal(nonce, associated, array, around, sizeBytes, array, around);
                    assertEquals(sizeBytes + TAG, sealed);
                    assertArrayEquals(expected, Arrays.copyOfRange(array, around, around + sealed));
                    int opened = cipher.open(nonce, associated, array, around, sealed, array, around);
                    assertEquals(sizeBytes, opened);
                    assertArrayEquals(plain, Arrays.copyOfRange(array, around, around + opened));
                    assertArrayEquals(new byte[around], Arrays.copyOf(array, around));
                    assertArrayEquals(new byte[around], Arrays.copyOfRange(array, around + sealed, array.length));
                }
            }
        }
    }

    @Test
    void opensIntoAnArrayThatFitsThePlaintextAlone() throws CryptoException {
        Aead cipher = crypto.chaCha20Poly1305(key());
        byte[] sealed = new byte[100 + TAG];
        byte[] plain = bytes(new SplittableRandom(1), 100);
        cipher.seal(new byte[12], new byte[0], plain, 0, 100, sealed, 0);
        byte[] opened = new byte[100];
        assertEquals(100, cipher.open(new byte[12], new byte[0], sealed, 0, sealed.length, opened, 0));
        assertArrayEquals(plain, opened);
    }

    @Test
    void refusesEveryFlippedByteAndLivesOn() throws CryptoException {
        Aead cipher = crypto.chaCha20Poly1305(key());
        Bytes nonce = Bytes.owning(new byte[12]);
        Bytes associated = Bytes.utf8("associated");
        Bytes plain = Bytes.owning(bytes(new SplittableRandom(1), 100));
        byte[] sealed = cipher.seal(nonce, associated, plain).toArray();
        for (int i = 0; i < sealed.length; i++) {
            byte[] forged = sealed.clone();
            forged[i] ^= 1;
            assertThrows(CryptoException.class, () -> cipher.open(nonce, associated, Bytes.owning(forged)));
        }
        assertThrows(CryptoException.class, () -> cipher.open(nonce, Bytes.EMPTY, Bytes.owning(sealed)));
        assertEquals(plain, cipher.open(nonce, associated, Bytes.owning(sealed)));
        assertEquals(plain, cipher.open(nonce, associated, Bytes.owning(sealed)));
    }

    @Test
    void leavesNothingOfAForgeryInTheOutput() {
        Aead cipher = crypto.chaCha20Poly1305(key());
        for (int sizeBytes : new int[] {1, 64, 500, 5_000}) {
            byte[] forged = bytes(new SplittableRandom(sizeBytes), sizeBytes + TAG);
            byte[] output = new byte[sizeBytes + 2];
            Arrays.fill(output, (byte) 9);
            assertThrows(
                    CryptoException.class,
                    () -> cipher.open(new byte[12], new byte[0], forged, 0, forged.length, output, 1));
            assertEquals(9, output[0]);
            assertArrayEquals(new byte[sizeBytes], Arrays.copyOfRange(output, 1, sizeBytes + 1));
        }
    }

    @Test
    void refusesWhatIsShorterThanATag() {
        Aead cipher = crypto.chaCha20Poly1305(key());
        for (int sizeBytes = 0; sizeBytes < TAG; sizeBytes++) {
            Bytes tooShort = Bytes.owning(new byte[sizeBytes]);
            assertThrows(CryptoException.class, () -> cipher.open(Bytes.owning(new byte[12]), Bytes.EMPTY, tooShort));
        }
    }

    @Test
    void refusesToSealTwiceUnderOneNonceWhateverWasOpenedBetween() throws CryptoException {
        Aead cipher = crypto.chaCha20Poly1305(key());
        Bytes nonce = Bytes.owning(new byte[12]);
        Bytes sealed = cipher.seal(nonce, Bytes.EMPTY, Bytes.utf8("one"));
        cipher.open(nonce, Bytes.EMPTY, sealed);
        assertThrows(IllegalStateException.class, () -> cipher.seal(nonce, Bytes.EMPTY, Bytes.utf8("two")));
    }

    @Test
    void opensFirstAndSealsUnderTheSameNonceAfterwards() throws CryptoException {
        Bytes nonce = Bytes.owning(new byte[12]);
        Bytes sealed = crypto.chaCha20Poly1305(key()).seal(nonce, Bytes.EMPTY, Bytes.utf8("one"));
        Aead other = crypto.chaCha20Poly1305(key());
        assertEquals(Bytes.utf8("one"), other.open(nonce, Bytes.EMPTY, sealed));
        assertEquals(sealed, other.seal(nonce, Bytes.EMPTY, Bytes.utf8("one")));
    }

    @Test
    void refusesNoncesOfAnotherSizeAndUseAfterClose() {
        Aead cipher = crypto.chaCha20Poly1305(key());
        Bytes small = Bytes.owning(new byte[11]);
        assertThrows(IllegalArgumentException.class, () -> cipher.seal(small, Bytes.EMPTY, Bytes.EMPTY));
        assertThrows(IllegalArgumentException.class, () -> cipher.open(small, Bytes.EMPTY, Bytes.owning(new byte[16])));
        cipher.close();
        assertThrows(
                IllegalStateException.class, () -> cipher.seal(Bytes.owning(new byte[12]), Bytes.EMPTY, Bytes.EMPTY));
    }

    @Test
    void opensOrRefusesAnyBytes() {
        Aead cipher = crypto.chaCha20Poly1305(key());
        Seeds.forEach(200, random -> {
            Bytes any = Bytes.owning(Seeds.bytes(random, 200));
            assertThrows(CryptoException.class, () -> cipher.open(Bytes.owning(bytes(random, 12)), Bytes.EMPTY, any));
        });
    }

    private static SecretBytes key() {
        return SecretBytes.random(Crypto.AEAD_KEY_BYTES, new SplittableRandom(11));
    }

    private static byte[] bytes(RandomGenerator random, int sizeBytes) {
        byte[] bytes = new byte[sizeBytes];
        random.nextBytes(bytes);
        return bytes;
    }
}
