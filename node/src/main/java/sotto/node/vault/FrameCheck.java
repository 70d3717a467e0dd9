package sotto.node.vault;

import static sotto.node.vault.VaultFormat.FRAME_CHECK_BYTES;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells a frame from noise by one block of AES over its nonce and its index, so that opening a vault need not try the seal of
 * every frame of a long and mostly empty journal. Proves nothing: the seal does. Confined to one thread.
 */
final class FrameCheck {
    private static final int BLOCK_BYTES = 16;

    private final Cipher cipher;

    FrameCheck(byte[] key) {
        try {
            cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES", impossible);
        }
    }

    /** The check of the frame at {@code index} with {@code nonce}. */
    byte[] of(byte[] nonce, int index) {
        byte[] block = ByteBuffer.allocate(BLOCK_BYTES).put(nonce).putInt(index).array();
        try {
            return Arrays.copyOf(cipher.doFinal(block), FRAME_CHECK_BYTES);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a block is a block", impossible);
        }
    }
}
