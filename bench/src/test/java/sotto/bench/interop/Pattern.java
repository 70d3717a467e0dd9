package sotto.bench.interop;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import sotto.libp2p.bytes.Bytes;

/** Bytes that differ everywhere, the same as {@code bench/js/streams.mjs} makes: byte i is i * 31 + (i >> 8), cut to 8 bits. */
final class Pattern {
    static final int CHUNK_BYTES = 64 * 1024;

    private Pattern() {}

    static Bytes chunk(long offset, int sizeBytes) {
        byte[] bytes = new byte[sizeBytes];
        for (int i = 0; i < sizeBytes; i++) {
            long at = offset + i;
            bytes[i] = (byte) (at * 31 + (at >>> 8));
        }
        return Bytes.owning(bytes);
    }

    /** The SHA-256 of the first {@code sizeBytes} bytes. */
    static Bytes hash(long sizeBytes) {
        MessageDigest digest = sha256();
        for (long offset = 0; offset < sizeBytes; offset += CHUNK_BYTES) {
            digest.update(chunk(offset, (int) Math.min(CHUNK_BYTES, sizeBytes - offset))
                    .asByteBuffer());
        }
        return Bytes.owning(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
