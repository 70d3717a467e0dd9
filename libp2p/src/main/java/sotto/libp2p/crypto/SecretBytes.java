package sotto.libp2p.crypto;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import sotto.libp2p.bytes.Bytes;

/**
 * Bytes that must not be printed, compared in variable time or left lying about. {@link #close()} wipes them; wiping is best
 * effort on a JVM (the collector may have moved a copy). Confined to one thread.
 */
public final class SecretBytes implements AutoCloseable {
    private final byte[] array;
    private boolean isWiped;

    private SecretBytes(byte[] array) {
        this.array = array;
    }

    /** Takes {@code array} without a copy: the caller gives it away; it is wiped with this. */
    public static SecretBytes owning(byte[] array) {
        return new SecretBytes(array);
    }

    /** A copy of {@code bytes}, which stay behind unwiped: for bytes that came out of sealed storage. */
    public static SecretBytes copyOf(Bytes bytes) {
        return new SecretBytes(bytes.toArray());
    }

    public static SecretBytes random(int sizeBytes, RandomGenerator random) {
        byte[] array = new byte[sizeBytes];
        random.nextBytes(array);
        return new SecretBytes(array);
    }

    public int size() {
        return array.length;
    }

    /** Lends the bytes themselves to {@code use}, which must neither keep nor change them. */
    public <T> T use(Function<byte[], T> use) {
        checkNotWiped();
        return use.apply(array);
    }

    /** A copy that its owner has to wipe or to seal. */
    public byte[] copy() {
        checkNotWiped();
        return array.clone();
    }

    /** A secret of the bytes from {@code from} (included) to {@code to} (excluded). */
    public SecretBytes slice(int from, int to) {
        checkNotWiped();
        return new SecretBytes(Arrays.copyOfRange(array, from, to));
    }

    @Override
    public void close() {
        Arrays.fill(array, (byte) 0);
        isWiped = true;
    }

    private void checkNotWiped() {
        if (isWiped) {
            throw new IllegalStateException("this secret was wiped");
        }
    }

    /** Takes the same time wherever the first difference is. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SecretBytes secret && MessageDigest.isEqual(array, secret.array);
    }

    @Override
    public int hashCode() {
        return array.length;
    }

    @Override
    public String toString() {
        return "SecretBytes(" + array.length + ")";
    }
}
