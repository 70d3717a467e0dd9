package sotto.libp2p.crypto;

import sotto.libp2p.bytes.Bytes;

/**
 * An authenticated cipher under one key; a (key, nonce) pair must seal once only. The array forms serve the hot path of the
 * transport and work in place where {@code input} and {@code output} are the same. Confined to one thread.
 */
public interface Aead extends AutoCloseable {
    /** The ciphertext with its 16-byte tag behind it. */
    Bytes seal(Bytes nonce, Bytes associatedData, Bytes plaintext);

    /**
     * The plaintext.
     *
     * @throws CryptoException if it is not authentic
     */
    Bytes open(Bytes nonce, Bytes associatedData, Bytes ciphertext) throws CryptoException;

    /**
     * Seals {@code sizeBytes} of {@code input} into {@code output}, which must have room for 16 more.
     *
     * @return the number of bytes written
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
     * Opens {@code sizeBytes} of ciphertext and tag.
     *
     * @return the number of plaintext bytes written
     * @throws CryptoException if they are not authentic; {@code output} then holds nothing of use
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

    @Override
    void close();
}
