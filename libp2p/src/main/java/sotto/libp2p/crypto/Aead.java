package sotto.libp2p.crypto;

import java.util.Arrays;
import sotto.libp2p.bytes.Bytes;

/**
 * An authenticated cipher under one key; a (key, nonce) pair must seal once only. The array forms serve the hot path of the
 * transport: they allocate next to nothing and work in place, that is where {@code input} and {@code output} are one array and
 * the two offsets are equal (no other overlap is allowed). Confined to one thread.
 */
public interface Aead extends AutoCloseable {
    /** The ciphertext with its 16-byte tag behind it. */
    default Bytes seal(Bytes nonce, Bytes associatedData, Bytes plaintext) {
        byte[] sealed = Arrays.copyOf(plaintext.toArray(), plaintext.size() + Crypto.AEAD_TAG_BYTES);
        seal(nonce.toArray(), associatedData.toArray(), sealed, 0, plaintext.size(), sealed, 0);
        return Bytes.owning(sealed);
    }

    /**
     * The plaintext.
     *
     * @throws CryptoException if it is not authentic
     */
    default Bytes open(Bytes nonce, Bytes associatedData, Bytes ciphertext) throws CryptoException {
        byte[] opened = ciphertext.toArray();
        int sizeBytes = open(nonce.toArray(), associatedData.toArray(), opened, 0, opened.length, opened, 0);
        return Bytes.owning(Arrays.copyOf(opened, sizeBytes));
    }

    /**
     * Seals {@code sizeBytes} of {@code input} into {@code output}, which must have room for 16 more.
     *
     * @return the number of bytes written
     * @throws IllegalStateException if the last seal was under this nonce, too
     */
    int seal(
            byte[] nonce,
            byte[] associatedData,
            byte[] input,
            int inputOffset,
            int sizeBytes,
            byte[] output,
            int outputOffset);

    /**
     * Opens {@code sizeBytes} of ciphertext and tag into {@code output}, which must have room for 16 less.
     *
     * @return the number of plaintext bytes written
     * @throws CryptoException if they are not authentic; the place of the plaintext in {@code output} is then zeroed, and what
     *     stood behind it may be
     */
    int open(
            byte[] nonce,
            byte[] associatedData,
            byte[] input,
            int inputOffset,
            int sizeBytes,
            byte[] output,
            int outputOffset)
            throws CryptoException;

    /** Forgets the key. */
    @Override
    void close();
}
