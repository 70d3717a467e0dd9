package sotto.libp2p.crypto;

import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.ShortBufferException;

/**
 * Runs a cipher that lives behind JNI, where an array is copied as a whole, there and back, however little of it is meant: a
 * message within a buffer of a megabyte would take a hundred times its time. Small pieces go through arrays of their size, large
 * ones through memory outside the heap, which is not copied. Thread-safe.
 */
final class NativePass implements CipherPass {
    /** From here on the copy into memory outside the heap is cheaper than JNI's own. */
    private static final int DIRECT_BYTES_MIN = 8 * 1024;

    /** The largest message of a secured channel, and what a seal adds. */
    private static final int DIRECT_BYTES_MAX = 64 * 1024 + Crypto.AEAD_TAG_BYTES;

    /** What an array may be longer than the piece and still be handed over as it is. */
    private static final int SLACK_BYTES = 256;

    private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

    @Override
    public int run(Cipher cipher, byte[] input, int inputOffset, int sizeBytes, byte[] output, int outputOffset)
            throws ShortBufferException, IllegalBlockSizeException, BadPaddingException {
        boolean isLarge = sizeBytes >= DIRECT_BYTES_MIN && sizeBytes <= DIRECT_BYTES_MAX - Crypto.AEAD_TAG_BYTES;
        return isLarge
                ? outsideTheHeap(cipher, input, inputOffset, sizeBytes, output, outputOffset)
                : inSnugArrays(cipher, input, inputOffset, sizeBytes, output, outputOffset);
    }

    private int outsideTheHeap(
            Cipher cipher, byte[] input, int inputOffset, int sizeBytes, byte[] output, int outputOffset)
            throws ShortBufferException, IllegalBlockSizeException, BadPaddingException {
        Scratch mine = scratch.get();
        mine.in.clear().put(input, inputOffset, sizeBytes).flip();
        mine.out.clear();
        int written = cipher.doFinal(mine.in, mine.out);
        mine.out.flip().get(output, outputOffset, written);
        return written;
    }

    private static int inSnugArrays(
            Cipher cipher, byte[] input, int inputOffset, int sizeBytes, byte[] output, int outputOffset)
            throws ShortBufferException, IllegalBlockSizeException, BadPaddingException {
        int outputBytes = cipher.getOutputSize(sizeBytes);
        boolean isInputSnug = input.length - sizeBytes <= SLACK_BYTES;
        byte[] in = isInputSnug ? input : Arrays.copyOfRange(input, inputOffset, inputOffset + sizeBytes);
        int inOffset = isInputSnug ? inputOffset : 0;
        if (output.length - outputBytes <= SLACK_BYTES) {
            return cipher.doFinal(in, inOffset, sizeBytes, output, outputOffset);
        }
        byte[] out = new byte[outputBytes];
        int written = cipher.doFinal(in, inOffset, sizeBytes, out, 0);
        System.arraycopy(out, 0, output, outputOffset, written);
        return written;
    }

    /** Memory outside the heap, for one thread. */
    private static final class Scratch {
        final ByteBuffer in = ByteBuffer.allocateDirect(DIRECT_BYTES_MAX);
        final ByteBuffer out = ByteBuffer.allocateDirect(DIRECT_BYTES_MAX);
    }
}
