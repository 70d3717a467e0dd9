package sotto.node.vault;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys, nonces and filler, by the megabyte: AES-256 in counter mode, seeded once from the loop's randomness, whose key replaces
 * itself with its own output, so that what was handed out cannot be computed again later. Confined to one thread.
 */
final class RandomStream implements RandomGenerator {
    private static final int KEY_BYTES = 32;
    private static final int BLOCK_BYTES = 4096;
    private static final byte[] ZEROS = new byte[KEY_BYTES + BLOCK_BYTES];
    private static final IvParameterSpec COUNTER_START = new IvParameterSpec(new byte[16]);

    private final Cipher cipher;
    private final byte[] key = new byte[KEY_BYTES];
    private final byte[] block = new byte[KEY_BYTES + BLOCK_BYTES];
    private int position = block.length;

    RandomStream(RandomGenerator seed) {
        seed.nextBytes(key);
        try {
            cipher = Cipher.getInstance("AES/CTR/NoPadding");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES in counter mode", impossible);
        }
    }

    byte[] bytes(int sizeBytes) {
        byte[] bytes = new byte[sizeBytes];
        nextBytes(bytes);
        return bytes;
    }

    @Override
    public void nextBytes(byte[] target) {
        int filled = 0;
        while (filled < target.length) {
            if (position == block.length) {
                refill();
            }
            int taken = Math.min(target.length - filled, block.length - position);
            System.arraycopy(block, position, target, filled, taken);
            Arrays.fill(block, position, position + taken, (byte) 0);
            position += taken;
            filled += taken;
        }
    }

    @Override
    public long nextLong() {
        return ByteBuffer.wrap(bytes(Long.BYTES)).getLong();
    }

    private void refill() {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), COUNTER_START);
            cipher.doFinal(ZEROS, 0, ZEROS.length, block, 0);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES in counter mode takes any input", impossible);
        }
        System.arraycopy(block, 0, key, 0, KEY_BYTES);
        Arrays.fill(block, 0, KEY_BYTES, (byte) 0);
        position = KEY_BYTES;
    }
}
