package sotto.libp2p.crypto;

import java.util.Arrays;

/** Refuses the plainest way to destroy a stream cipher: two seals in a row under one nonce. Confined to one thread. */
final class NonceGuard {
    private final byte[] last = new byte[Crypto.AEAD_NONCE_BYTES];
    private boolean hasLast;

    void beforeSeal(byte[] nonce) {
        check(nonce);
        if (hasLast && Arrays.equals(nonce, last)) {
            throw new IllegalStateException("two seals under one nonce");
        }
        System.arraycopy(nonce, 0, last, 0, last.length);
        hasLast = true;
    }

    static void check(byte[] nonce) {
        if (nonce.length != Crypto.AEAD_NONCE_BYTES) {
            throw new IllegalArgumentException("a nonce has 12 bytes, not " + nonce.length);
        }
    }
}
