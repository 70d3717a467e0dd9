package sotto.libp2p.runtime;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Seeded properties: a claim is tried with many seeds, always the same ones, and a failure names its seed. {@code -Dseed=…}
 * runs that seed alone.
 */
public final class Seeds {
    private static final String PROPERTY = "seed";

    private Seeds() {}

    /** Tries {@code claim} with {@code count} seeds. */
    public static void forEach(int count, Claim claim) {
        forEachSeed(count, seed -> claim.check(new SplittableRandom(seed)));
    }

    /** Tries {@code claim} with {@code count} seeds, for claims that build a world from the seed. */
    public static void forEachSeed(int count, SeedClaim claim) {
        String only = System.getProperty(PROPERTY);
        if (only != null) {
            check(Long.parseLong(only), claim);
            return;
        }
        for (long seed = 0; seed < count; seed++) {
            check(seed, claim);
        }
    }

    private static void check(long seed, SeedClaim claim) {
        try {
            claim.check(seed);
        } catch (Throwable failure) {
            throw new AssertionError("fails with seed " + seed + ", rerun with -D" + PROPERTY + "=" + seed, failure);
        }
    }

    /** Random bytes, {@code sizeBytesMax} at most; every length equally likely. */
    public static byte[] bytes(RandomGenerator random, int sizeBytesMax) {
        byte[] bytes = new byte[random.nextInt(sizeBytesMax + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** What must hold whatever the randomness. */
    public interface Claim {
        void check(RandomGenerator random) throws Throwable;
    }

    /** What must hold whatever the seed. */
    public interface SeedClaim {
        void check(long seed) throws Throwable;
    }
}
