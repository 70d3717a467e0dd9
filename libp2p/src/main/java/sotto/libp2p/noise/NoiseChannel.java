package sotto.libp2p.noise;

import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoException;

/**
 * The two ciphers of a channel after the handshake. Works on arrays, since all that a connection carries passes here. Not
 * thread-safe.
 */
final class NoiseChannel implements AutoCloseable {
    /** What a message may measure, its tag included (Noise §3). */
    static final int MESSAGE_BYTES_MAX = 65_535;

    static final int PLAINTEXT_BYTES_MAX = MESSAGE_BYTES_MAX - Crypto.AEAD_TAG_BYTES;

    private static final byte[] NO_ASSOCIATED_DATA = new byte[0];

    private final CipherState sending;
    private final CipherState receiving;

    NoiseChannel(CipherState sending, CipherState receiving) {
        this.sending = sending;
        this.receiving = receiving;
    }

    /** Seals at most {@link #PLAINTEXT_BYTES_MAX} bytes; {@code output} needs room for 16 more. Returns the bytes written. */
    int seal(byte[] input, int inputOffset, int sizeBytes, byte[] output, int outputOffset) {
        return sending.seal(NO_ASSOCIATED_DATA, input, inputOffset, sizeBytes, output, outputOffset);
    }

    /** Opens a message in place. Returns the bytes of plaintext. */
    int open(byte[] message, int offset, int sizeBytes) throws CryptoException {
        return receiving.open(NO_ASSOCIATED_DATA, message, offset, sizeBytes, message, offset);
    }

    @Override
    public void close() {
        sending.close();
        receiving.close();
    }
}
