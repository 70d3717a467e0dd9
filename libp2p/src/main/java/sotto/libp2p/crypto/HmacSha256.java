package sotto.libp2p.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import sotto.libp2p.bytes.Bytes;

/**
 * SHA-256, HMAC (RFC 2104) and HKDF (RFC 5869) over the JDK's digest, which uses the processor's instructions. The JDK's own
 * {@code Mac} would load the whole cipher framework first. Stateless.
 */
final class HmacSha256 {
    private static final int BLOCK_BYTES = 64;
    private static final int OUTPUT_BLOCKS_MAX = 255;

    private HmacSha256() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    static byte[] mac(byte[] key, byte[]... parts) {
        byte[] block = Arrays.copyOf(key.length > BLOCK_BYTES ? digest().digest(key) : key, BLOCK_BYTES);
        MessageDigest digest = digest();
        digest.update(masked(block, 0x36));
        for (byte[] part : parts) {
            digest.update(part);
        }
        byte[] inner = digest.digest();
        // The block holds ipad ^ key now; one more mask turns it into opad ^ key.
        digest.update(masked(block, 0x36 ^ 0x5c));
        digest.update(inner);
        Arrays.fill(block, (byte) 0);
        return digest.digest();
    }

    static byte[] hkdf(byte[] inputKey, Bytes salt, Bytes info, int sizeBytes) {
        if (sizeBytes < 1 || sizeBytes > OUTPUT_BLOCKS_MAX * Crypto.HASH_BYTES) {
            throw new IllegalArgumentException("HKDF yields 1 to 8160 bytes, not " + sizeBytes);
        }
        byte[] pseudoRandomKey = mac(salt.toArray(), inputKey);
        byte[] infoBytes = info.toArray();
        byte[] output = new byte[sizeBytes];
        byte[] previous = new byte[0];
        for (int block = 0; block * Crypto.HASH_BYTES < sizeBytes; block++) {
            byte[] next = mac(pseudoRandomKey, previous, infoBytes, new byte[] {(byte) (block + 1)});
            Arrays.fill(previous, (byte) 0);
            int offset = block * Crypto.HASH_BYTES;
            System.arraycopy(next, 0, output, offset, Math.min(Crypto.HASH_BYTES, sizeBytes - offset));
            previous = next;
        }
        Arrays.fill(previous, (byte) 0);
        Arrays.fill(pseudoRandomKey, (byte) 0);
        return output;
    }

    private static byte[] masked(byte[] block, int mask) {
        for (int i = 0; i < block.length; i++) {
            block[i] ^= (byte) mask;
        }
        return block;
    }
}
