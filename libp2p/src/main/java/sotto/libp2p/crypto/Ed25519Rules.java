package sotto.libp2p.crypto;

import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * What an Ed25519 key and signature must be before anybody looks at the equation. RFC 8032 leaves room in which providers
 * differ: these rules leave none, so that all of them come to one verdict. Keys and commitments lie in the prime-order group
 * and are written canonically. That the scalar is reduced, every provider checks itself. Stateless.
 */
final class Ed25519Rules {
    static final int SIGNATURE_BYTES = 64;

    private static final int POINT_BYTES = 32;
    private static final byte[] NEUTRAL_POINT = neutralPoint();

    private Ed25519Rules() {}

    /** Canonical, not of small order, and without a component of small order. */
    static boolean isSafePoint(byte[] encoded) {
        return Ed25519.validatePublicKeyFull(encoded, 0);
    }

    /** True if {@code signature} can be one at all, under any key. */
    static boolean isWellFormed(byte[] signature) {
        return signature.length == SIGNATURE_BYTES
                && !Arrays.equals(signature, 0, POINT_BYTES, NEUTRAL_POINT, 0, POINT_BYTES);
    }

    private static byte[] neutralPoint() {
        byte[] neutral = new byte[POINT_BYTES];
        neutral[0] = 1;
        return neutral;
    }
}
