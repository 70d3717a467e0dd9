package sotto.libp2p.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import sotto.libp2p.bytes.Bytes;

/**
 * Proves pitfall 5, non-strict Ed25519, ruled out: keys and signatures that some providers accept and others refuse (points of
 * small or mixed order, other encodings, scalars not reduced) are refused by every implementation.
 */
@ParameterizedClass
@MethodSource("implementations")
record StrictEd25519Test(Crypto crypto) {
    private static final BigInteger SECRET = new BigInteger("123456789012345678901234567890123456789");
    private static final BigInteger NONCE = new BigInteger("987654321098765432109876543210987654321");
    private static final EdwardsPoint KEY = EdwardsPoint.BASE.times(SECRET);
    private static final EdwardsPoint COMMITMENT = EdwardsPoint.BASE.times(NONCE);
    private static final List<EdwardsPoint> SMALL = EdwardsPoint.ofSmallOrder();

    static List<Crypto> implementations() {
        return CryptoChoice.all();
    }

    @Test
    void acceptsWhatTheTextbookSigns() {
        for (int i = 0; i < 8; i++) {
            assertTrue(verdict(Forgery.honest(message(i))));
        }
    }

    @Test
    void refusesKeysOfSmallOrder() {
        // With such a key one signature fits many messages: S·B = R + k·A needs no secret.
        for (EdwardsPoint key : SMALL) {
            for (EdwardsPoint commitment : SMALL) {
                Forgery forgery = new Forgery(key.encode(), commitment.encode(), BigInteger.ZERO, message(0));
                assertFalse(verdict(forgery), key + " " + commitment);
            }
        }
    }

    @Test
    void refusesKeysOfMixedOrderEvenWhereTheEquationHolds() {
        int held = 0;
        for (EdwardsPoint torsion : SMALL.subList(1, 8)) {
            for (int i = 0; i < 40; i++) {
                Forgery forgery = signed(KEY.plus(torsion), EdwardsPoint.NEUTRAL, message(i));
                held += forgery.challenge().testBit(0) ? 0 : 1;
                assertFalse(verdict(forgery), torsion + " message " + i);
            }
        }
        assertTrue(held > 20, "some of these satisfied the cofactorless equation");
    }

    @Test
    void refusesCommitmentsOfMixedOrder() {
        for (EdwardsPoint torsion : SMALL.subList(1, 8)) {
            for (int i = 0; i < 40; i++) {
                assertFalse(verdict(signed(KEY, torsion, message(i))), torsion + " message " + i);
            }
        }
    }

    @Test
    void refusesTheNeutralCommitment() {
        byte[] commitment = EdwardsPoint.NEUTRAL.encode();
        Forgery unsigned = new Forgery(KEY.encode(), commitment, BigInteger.ZERO, message(0));
        BigInteger scalar = unsigned.challenge().multiply(SECRET).mod(EdwardsPoint.ORDER);
        assertFalse(verdict(new Forgery(KEY.encode(), commitment, scalar, message(0))));
    }

    @Test
    void refusesScalarsThatAreNotReduced() {
        Forgery honest = Forgery.honest(message(0));
        for (BigInteger more = EdwardsPoint.ORDER;
                honest.scalar().add(more).bitLength() <= 256;
                more = more.add(EdwardsPoint.ORDER)) {
            assertFalse(verdict(honest.withScalar(honest.scalar().add(more))));
        }
        assertFalse(verdict(honest.withScalar(EdwardsPoint.ORDER)));
    }

    @Test
    void refusesOtherEncodingsOfPoints() {
        // Heights below 19 can be written once more, above the modulus; the neutral point also with a sign.
        Forgery honest = Forgery.honest(message(0));
        for (int height = 0; height < 19; height++) {
            BigInteger again = EdwardsPoint.FIELD.add(BigInteger.valueOf(height));
            for (boolean isOdd : new boolean[] {false, true}) {
                byte[] strange = EdwardsPoint.encode(again, isOdd);
                assertFalse(verdict(new Forgery(strange, honest.commitment(), honest.scalar(), message(0))));
                assertFalse(verdict(new Forgery(honest.key(), strange, honest.scalar(), message(0))));
                assertFalse(verdict(new Forgery(strange, strange, BigInteger.ZERO, message(0))));
            }
        }
        byte[] signedNeutral = EdwardsPoint.encode(BigInteger.ONE, true);
        assertFalse(verdict(new Forgery(signedNeutral, signedNeutral, BigInteger.ZERO, message(0))));
    }

    @Test
    void makesTheSmallPointsItTestsWith() {
        assertEquals(8, SMALL.stream().distinct().count());
        SMALL.forEach(point -> assertEquals(EdwardsPoint.NEUTRAL, point.times(BigInteger.valueOf(8))));
    }

    /** A signature by the secret, of which the equation holds up to a component of small order. */
    private static Forgery signed(EdwardsPoint key, EdwardsPoint torsion, byte[] message) {
        byte[] commitment = COMMITMENT.plus(torsion).encode();
        Forgery unsigned = new Forgery(key.encode(), commitment, BigInteger.ZERO, message);
        BigInteger scalar = NONCE.add(unsigned.challenge().multiply(SECRET)).mod(EdwardsPoint.ORDER);
        return unsigned.withScalar(scalar);
    }

    private static byte[] message(int number) {
        return new byte[] {(byte) number};
    }

    private boolean verdict(Forgery forgery) {
        byte[] signature = new byte[64];
        System.arraycopy(forgery.commitment(), 0, signature, 0, 32);
        System.arraycopy(EdwardsPoint.littleEndian(forgery.scalar()), 0, signature, 32, 32);
        Ed25519PublicKey key = new Ed25519PublicKey(Bytes.copyOf(forgery.key()));
        return crypto.verify(key, Bytes.copyOf(forgery.message()), Bytes.copyOf(signature));
    }

    /** The parts of a signature, each written as one likes. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared: four byte strings on their way into one call.
    private record Forgery(byte[] key, byte[] commitment, BigInteger scalar, byte[] message) {
        static Forgery honest(byte[] message) {
            return signed(KEY, EdwardsPoint.NEUTRAL, message);
        }

        Forgery withScalar(BigInteger other) {
            return new Forgery(key, commitment, other, message);
        }

        /** The number k = SHA-512(R ‖ A ‖ M) of RFC 8032 §5.1.7. */
        BigInteger challenge() {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-512");
                digest.update(commitment);
                digest.update(key);
                return EdwardsPoint.ofLittleEndian(digest.digest(message)).mod(EdwardsPoint.ORDER);
            } catch (NoSuchAlgorithmException impossible) {
                throw new AssertionError(impossible);
            }
        }
    }
}
