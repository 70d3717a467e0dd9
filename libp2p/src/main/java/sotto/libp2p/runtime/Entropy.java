package sotto.libp2p.runtime;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** Where randomness comes from outside tests. */
public final class Entropy {
    private Entropy() {}

    /** The operating system's cryptographic random numbers. Thread-safe. */
    public static RandomGenerator secure() {
        return new SecureRandom();
    }
}
