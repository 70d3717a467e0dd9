package sotto.libp2p.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.Vectors;
import sotto.libp2p.runtime.Seeds;

/** Proves of every implementation that it meets the published vectors, and gives the same results as the portable one. */
@ParameterizedClass
@MethodSource("implementations")
record CryptoTest(Crypto crypto) {
    private static final Crypto PORTABLE = CryptoChoice.all().get(0);

    static List<Crypto> implementations() {
        return CryptoChoice.all();
    }

    @Test
    void meetsTheVectorsOfX25519() {
        Vectors.forEach("x25519.txt", vector -> {
            SecretBytes scalar = SecretBytes.copyOf(vector.bytes("scalar"));
            X25519PublicKey point = new X25519PublicKey(vector.bytes("point"));
            assertEquals(SecretBytes.copyOf(vector.bytes("shared")), crypto.agree(scalar, point));
        });
    }

    @Test
    void meetsTheVectorsOfEd25519() {
        Vectors.forEach("ed25519.txt", vector -> {
            Ed25519KeyPair pair = crypto.ed25519KeyPair(SecretBytes.copyOf(vector.bytes("seed")));
            assertEquals(vector.bytes("public"), pair.publicKey().bytes());
            assertEquals(vector.bytes("signature"), crypto.sign(pair, vector.bytes("message")));
            assertTrue(crypto.verify(pair.publicKey(), vector.bytes("message"), vector.bytes("signature")));
        });
    }

    @Test
    void meetsTheVectorsOfChaCha20Poly1305() {
        Vectors.forEach("chacha20-poly1305.txt", vector -> {
            Aead cipher = crypto.chaCha20Poly1305(SecretBytes.copyOf(vector.bytes("key")));
            Bytes nonce = vector.bytes("nonce");
            Bytes associated = vector.bytes("associated");
            assertEquals(vector.bytes("sealed"), cipher.seal(nonce, associated, vector.bytes("plain")));
            assertEquals(vector.bytes("plain"), cipher.open(nonce, associated, vector.bytes("sealed")));
        });
    }

    @Test
    void meetsTheVectorsOfHmacAndHkdf() {
        Vectors.forEach("hmac-sha256.txt", vector -> {
            Bytes message = vector.bytes("message");
            Bytes mac = crypto.hmacSha256(
                    SecretBytes.copyOf(vector.bytes("key")), message.slice(0, 5), message.slice(5, message.size()));
            assertEquals(vector.bytes("mac"), mac);
        });
        Vectors.forEach("hkdf-sha256.txt", vector -> {
            Bytes output = vector.bytes("output");
            SecretBytes input = SecretBytes.copyOf(vector.bytes("input"));
            SecretBytes derived = crypto.hkdf(input, vector.bytes("salt"), vector.bytes("info"), output.size());
            assertEquals(SecretBytes.copyOf(output), derived);
        });
    }

    @Test
    void hashesPartsAsOne() {
        Bytes whole = Bytes.ofHex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertEquals(whole, crypto.sha256(Bytes.utf8("a"), Bytes.EMPTY, Bytes.utf8("bc")));
    }

    @Test
    void refusesToDeriveMoreThanHkdfYields() {
        SecretBytes key = SecretBytes.owning(new byte[32]);
        assertEquals(8160, crypto.hkdf(key, Bytes.EMPTY, Bytes.EMPTY, 8160).size());
        assertThrows(IllegalArgumentException.class, () -> crypto.hkdf(key, Bytes.EMPTY, Bytes.EMPTY, 8161));
    }

    @Test
    void agreesAsThePortableOneDoesWithAnyPoint() {
        Seeds.forEach(200, random -> {
            X25519KeyPair ours = crypto.generateX25519(random);
            X25519PublicKey theirs = new X25519PublicKey(Bytes.owning(randomBytes(random, 32)));
            assertEquals(PORTABLE.agree(ours.privateKey(), theirs), crypto.agree(ours.privateKey(), theirs));
            X25519KeyPair honest = PORTABLE.generateX25519(random);
            assertEquals(
                    crypto.agree(ours.privateKey(), honest.publicKey()),
                    crypto.agree(honest.privateKey(), ours.publicKey()));
        });
    }

    @Test
    void readsPointsThatAreNotCanonicalAsRfc7748Says() throws CryptoException {
        X25519KeyPair ours = crypto.generateX25519(new SplittableRandom(1));
        for (int above = 2; above < 19; above++) {
            BigInteger number = EdwardsPoint.FIELD.add(BigInteger.valueOf(above));
            X25519PublicKey strange = new X25519PublicKey(Bytes.owning(EdwardsPoint.littleEndian(number)));
            X25519PublicKey plain =
                    new X25519PublicKey(Bytes.owning(EdwardsPoint.littleEndian(BigInteger.valueOf(above))));
            assertEquals(crypto.agree(ours.privateKey(), plain), crypto.agree(ours.privateKey(), strange));
        }
    }

    /** Pitfall 4: an all-zero shared secret. */
    @Test
    void refusesEveryPointOfSmallOrder() {
        X25519KeyPair ours = crypto.generateX25519(new SplittableRandom(1));
        List<BigInteger> small = List.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                new BigInteger("325606250916557431795983626356110631294008115727848805560023387167927233504"),
                new BigInteger("39382357235489614581723060781553021112529911719440698176882885853963445705823"),
                EdwardsPoint.FIELD.subtract(BigInteger.ONE),
                EdwardsPoint.FIELD,
                EdwardsPoint.FIELD.add(BigInteger.ONE));
        for (BigInteger point : small) {
            for (BigInteger written : List.of(point, point.setBit(255))) {
                X25519PublicKey theirs = new X25519PublicKey(Bytes.owning(EdwardsPoint.littleEndian(written)));
                assertThrows(CryptoException.class, () -> crypto.agree(ours.privateKey(), theirs), written.toString());
            }
        }
    }

    @Test
    void signsAsThePortableOneDoes() {
        Seeds.forEach(100, random -> {
            Ed25519KeyPair pair = crypto.generateEd25519(random);
            Bytes message = Bytes.owning(Seeds.bytes(random, 300));
            Bytes signature = crypto.sign(pair, message);
            assertEquals(PORTABLE.sign(pair, message), signature);
            assertTrue(crypto.verify(pair.publicKey(), message, signature));
            assertFalse(crypto.verify(pair.publicKey(), message, flipped(signature, random)));
            assertFalse(crypto.verify(pair.publicKey(), Bytes.concat(message, message, Bytes.utf8("x")), signature));
        });
    }

    @Test
    void refusesSignaturesOfAnotherSize() {
        Ed25519KeyPair pair = crypto.generateEd25519(new SplittableRandom(1));
        Bytes signature = crypto.sign(pair, Bytes.EMPTY);
        assertFalse(crypto.verify(pair.publicKey(), Bytes.EMPTY, signature.slice(0, 63)));
        assertFalse(crypto.verify(pair.publicKey(), Bytes.EMPTY, Bytes.concat(signature, signature.slice(0, 1))));
        assertFalse(crypto.verify(pair.publicKey(), Bytes.EMPTY, Bytes.EMPTY));
    }

    /** ML-KEM made by another implementation from the same seed; see the file. */
    @Test
    void meetsTheVectorsOfMlKem768() {
        Vectors.forEach("ml-kem-768.txt", vector -> {
            MlKem768KeyPair pair = crypto.mlKem768KeyPair(SecretBytes.copyOf(vector.bytes("seed")));
            assertEquals(
                    vector.bytes("publicHash"), crypto.sha256(pair.publicKey().bytes()));
            assertEquals(
                    SecretBytes.copyOf(vector.bytes("shared")), crypto.decapsulate(pair, vector.bytes("ciphertext")));
        });
    }

    @Test
    void encapsulatesWhatDecapsulates() {
        Seeds.forEach(20, random -> {
            MlKem768KeyPair pair = crypto.generateMlKem768(random);
            MlKem768Encapsulation made = crypto.encapsulate(pair.publicKey(), random);
            assertEquals(made.sharedSecret(), crypto.decapsulate(pair, made.ciphertext()));
            // Implicit rejection (FIPS 203 §6.3): a wrong ciphertext opens to something else, always the same.
            Bytes wrong = flipped(made.ciphertext(), random);
            assertNotEquals(made.sharedSecret(), crypto.decapsulate(pair, wrong));
            assertEquals(crypto.decapsulate(pair, wrong), crypto.decapsulate(pair, wrong));
        });
    }

    /** Pitfalls 8 and 9: malformed ML-KEM inputs, and private keys that are not a seed. */
    @Test
    void refusesMalformedMlKem() {
        SplittableRandom random = new SplittableRandom(1);
        MlKem768KeyPair pair = crypto.generateMlKem768(random);
        for (int coefficient : new int[] {0, 1, 2, 383, 766, 767}) {
            byte[] broken = pair.publicKey().bytes().toArray();
            int at = coefficient / 2 * 3;
            broken[at + coefficient % 2] |= (byte) 0xf1;
            broken[at + 1 + coefficient % 2] |= (byte) (coefficient % 2 == 0 ? 0x0f : 0xff);
            MlKem768PublicKey key = new MlKem768PublicKey(Bytes.owning(broken));
            assertThrows(CryptoException.class, () -> crypto.encapsulate(key, random), "coefficient " + coefficient);
        }
        assertThrows(CryptoException.class, () -> crypto.decapsulate(pair, Bytes.owning(new byte[1087])));
        assertThrows(CryptoException.class, () -> crypto.decapsulate(pair, Bytes.owning(new byte[1089])));
        assertThrows(IllegalArgumentException.class, () -> crypto.mlKem768KeyPair(SecretBytes.owning(new byte[2400])));
    }

    @Test
    void namesItsCipher() {
        assertFalse(crypto.cipherName().isBlank());
        assertSame(CryptoChoice.fastest(), CryptoChoice.fastest());
    }

    private static byte[] randomBytes(RandomGenerator random, int sizeBytes) {
        byte[] bytes = new byte[sizeBytes];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Bytes flipped(Bytes bytes, RandomGenerator random) {
        byte[] array = bytes.toArray();
        array[random.nextInt(array.length)] ^= (byte) (1 << random.nextInt(8));
        return Bytes.owning(array);
    }
}
