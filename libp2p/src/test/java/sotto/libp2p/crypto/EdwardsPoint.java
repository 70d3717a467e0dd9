package sotto.libp2p.crypto;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The curve of Ed25519 as a textbook writes it, slow and plain: makes the points and signatures that no honest signer makes. */
record EdwardsPoint(BigInteger x, BigInteger y) {
    static final BigInteger FIELD = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    static final EdwardsPoint NEUTRAL = new EdwardsPoint(BigInteger.ZERO, BigInteger.ONE);
    static final EdwardsPoint BASE = decode(fraction(BigInteger.valueOf(4), BigInteger.valueOf(5)), false);

    private static BigInteger d() {
        return fraction(BigInteger.valueOf(-121665), BigInteger.valueOf(121666));
    }

    /** The point of height {@code y} whose x is odd or even. */
    static EdwardsPoint decode(BigInteger y, boolean isXOdd) {
        BigInteger ySquared = y.multiply(y);
        BigInteger xSquared = fraction(
                ySquared.subtract(BigInteger.ONE), d().multiply(ySquared).add(BigInteger.ONE));
        BigInteger x = xSquared.modPow(FIELD.add(BigInteger.valueOf(3)).shiftRight(3), FIELD);
        if (!x.multiply(x).mod(FIELD).equals(xSquared)) {
            BigInteger rootOfMinusOne =
                    BigInteger.TWO.modPow(FIELD.subtract(BigInteger.ONE).shiftRight(2), FIELD);
            x = x.multiply(rootOfMinusOne).mod(FIELD);
        }
        if (!x.multiply(x).mod(FIELD).equals(xSquared)) {
            throw new IllegalArgumentException("no point has this height");
        }
        return new EdwardsPoint(x.testBit(0) == isXOdd ? x : x.negate().mod(FIELD), y.mod(FIELD));
    }

    EdwardsPoint plus(EdwardsPoint other) {
        BigInteger product = d().multiply(x).multiply(other.x).multiply(y).multiply(other.y);
        BigInteger sumX = x.multiply(other.y).add(y.multiply(other.x));
        BigInteger sumY = y.multiply(other.y).add(x.multiply(other.x));
        return new EdwardsPoint(
                fraction(sumX, BigInteger.ONE.add(product)), fraction(sumY, BigInteger.ONE.subtract(product)));
    }

    EdwardsPoint times(BigInteger scalar) {
        EdwardsPoint sum = NEUTRAL;
        for (int i = scalar.bitLength() - 1; i >= 0; i--) {
            sum = sum.plus(sum);
            sum = scalar.testBit(i) ? sum.plus(this) : sum;
        }
        return sum;
    }

    /** The eight points whose order divides eight: multiples of what is left of some point times the prime order. */
    static List<EdwardsPoint> ofSmallOrder() {
        for (int height = 2; ; height++) {
            EdwardsPoint torsion = torsionOf(BigInteger.valueOf(height));
            if (!torsion.times(BigInteger.valueOf(4)).equals(NEUTRAL)) {
                List<EdwardsPoint> all = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    all.add(torsion.times(BigInteger.valueOf(i)));
                }
                return all;
            }
        }
    }

    private static EdwardsPoint torsionOf(BigInteger height) {
        try {
            return decode(height, false).times(ORDER);
        } catch (IllegalArgumentException noPoint) {
            return NEUTRAL;
        }
    }

    byte[] encode() {
        return encode(y, x.testBit(0));
    }

    /** 32 bytes, little-endian, with the lowest bit of x on top; {@code y} may be a number the rules would not allow. */
    static byte[] encode(BigInteger y, boolean isXOdd) {
        byte[] encoded = littleEndian(y);
        encoded[31] |= (byte) (isXOdd ? 0x80 : 0);
        return encoded;
    }

    static byte[] littleEndian(BigInteger number) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < 32; i++) {
            bytes[i] = number.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }

    static BigInteger ofLittleEndian(byte[] bytes) {
        BigInteger number = BigInteger.ZERO;
        for (int i = bytes.length - 1; i >= 0; i--) {
            number = number.shiftLeft(8).or(BigInteger.valueOf(bytes[i] & 0xff));
        }
        return number;
    }

    private static BigInteger fraction(BigInteger over, BigInteger under) {
        return over.multiply(under.modInverse(FIELD)).mod(FIELD);
    }
}
