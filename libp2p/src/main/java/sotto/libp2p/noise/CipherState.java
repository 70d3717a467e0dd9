package sotto.libp2p.noise;

import sotto.libp2p.crypto.Aead;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoException;
import sotto.libp2p.crypto.SecretBytes;

/**
 * One key and the number of messages it has sealed or opened (Noise §5.1): one direction of a channel. A message that does
 * not open leaves the counter where it was. Not thread-safe.
 */
final class CipherState implements AutoCloseable {
    private static final int NONCE_COUNTER_OFFSET = 4;

    private final Aead aead;
    private final byte[] nonce = new byte[Crypto.AEAD_NONCE_BYTES];
    private long messages;

    /** Copies {@code key}. */
    CipherState(Crypto crypto, SecretBytes key) {
        this.aead = crypto.chaCha20Poly1305(key);
    }

    /** Seals {@code sizeBytes} of {@code input}; {@code output} needs room for 16 more. Returns how many were written. */
    int seal(byte[] associatedData, byte[] input, int inputOffset, int sizeBytes, byte[] output, int outputOffset) {
        setNonce();
        int written = aead.seal(nonce, associatedData, input, inputOffset, sizeBytes, output, outputOffset);
        messages++;
        return written;
    }

    /** Opens {@code sizeBytes} of ciphertext and tag. Returns how many bytes of plaintext were written. */
    int open(byte[] associatedData, byte[] input, int inputOffset, int sizeBytes, byte[] output, int outputOffset)
            throws CryptoException {
        setNonce();
        int written = aead.open(nonce, associatedData, input, inputOffset, sizeBytes, output, outputOffset);
        messages++;
        return written;
    }

    /** Four zero bytes and the counter, little-endian (Noise §12.3). */
    private void setNonce() {
        // The specification stops at 2^64-1; half of that would take this machine centuries too.
        if (messages < 0) {
            throw new IllegalStateException("a channel that has carried 2^63 messages");
        }
        for (int i = 0; i < Long.BYTES; i++) {
            nonce[NONCE_COUNTER_OFFSET + i] = (byte) (messages >>> (8 * i));
        }
    }

    @Override
    public void close() {
        aead.close();
    }
}
