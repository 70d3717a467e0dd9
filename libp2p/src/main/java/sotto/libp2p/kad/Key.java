package sotto.libp2p.kad;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.peer.PeerId;

/**
 * A place in the table's space of 256 bits: the SHA-256 of a peer id or of a record's key (kad-dht specification, "Distance").
 * Kept as four numbers, the first one highest. Immutable.
 */
public final class Key {
    /** How many bits a key has, and so how many buckets a routing table can have. */
    public static final int BITS = 256;

    private final long first;
    private final long second;
    private final long third;
    private final long fourth;

    private Key(ByteBuffer hash) {
        this.first = hash.getLong();
        this.second = hash.getLong();
        this.third = hash.getLong();
        this.fourth = hash.getLong();
    }

    /** Where a record with the key {@code preimage} belongs. */
    public static Key of(Bytes preimage) {
        return new Key(ByteBuffer.wrap(sha256(preimage)));
    }

    public static Key of(PeerId peer) {
        return of(peer.multihash());
    }

    public Distance distanceTo(Key other) {
        return new Distance(first ^ other.first, second ^ other.second, third ^ other.third, fourth ^ other.fourth);
    }

    /** Below zero if {@code one} is closer to this key than {@code other}, above zero if it is further away. Allocates nothing. */
    public int compareDistances(Key one, Key other) {
        int order = Long.compareUnsigned(first ^ one.first, first ^ other.first);
        if (order == 0) {
            order = Long.compareUnsigned(second ^ one.second, second ^ other.second);
        }
        if (order == 0) {
            order = Long.compareUnsigned(third ^ one.third, third ^ other.third);
        }
        return order == 0 ? Long.compareUnsigned(fourth ^ one.fourth, fourth ^ other.fourth) : order;
    }

    /** How many bits this key and {@code other} have in common at their beginnings: 0 to 256. */
    public int sharedPrefixBits(Key other) {
        return distanceTo(other).leadingZeros();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key key
                && first == key.first
                && second == key.second
                && third == key.third
                && fourth == key.fourth;
    }

    /** The bits are those of a hash already. */
    @Override
    public int hashCode() {
        return (int) fourth;
    }

    @Override
    public String toString() {
        return String.format("%016x…", first);
    }

    private static byte[] sha256(Bytes preimage) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(preimage.asByteBuffer());
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
