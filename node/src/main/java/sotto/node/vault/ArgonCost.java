package sotto.node.vault;

import java.time.Duration;
import java.util.Arrays;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.runtime.EventLoop;
import sotto.node.api.Passphrase;

/**
 * What one guess at a passphrase costs: Argon2id (RFC 9106, version 0x13).
 *
 * @param memoryKib 64 to 256 MiB
 * @param passes 1 to 10
 * @param lanes 1 to 4
 */
record ArgonCost(int memoryKib, int passes, int lanes) {
    static final int MEMORY_KIB_MIN = 64 * 1024;
    static final int MEMORY_KIB_MAX = 256 * 1024;
    static final int PASSES_MAX = 10;
    static final int LANES_MAX = 4;
    static final int OUTPUT_BYTES = 32;

    /** The least that a vault is made with. */
    static final ArgonCost LEAST = new ArgonCost(MEMORY_KIB_MIN, 3, 1);

    private static final Duration AIM = Duration.ofMillis(500);
    /** So much of the heap may go into one derivation. */
    private static final int HEAP_SHARE = 2;

    /** So much of the heap all else needs beside it. */
    private static final int REST_SHARE = 5;

    private static final int STEP_KIB = 16 * 1024;
    private static final ArgonCost WARM_UP = new ArgonCost(8 * 1024, 1, 1);

    /** The cost that takes about half a second here, found by one derivation at {@link #LEAST}. */
    static ArgonCost calibrated(EventLoop loop) {
        try (Passphrase sample = Passphrase.owning("calibration".toCharArray())) {
            Bytes salt = Bytes.owning(new byte[OUTPUT_BYTES]);
            // The first derivation of a process runs before the compiler has seen it and would measure that.
            WARM_UP.stretch(sample, salt).close();
            Duration before = loop.uptime();
            LEAST.stretch(sample, salt).close();
            return forTime(loop.uptime().minus(before));
        }
    }

    /** The cost for {@link #AIM}, where {@link #LEAST} takes {@code least}. */
    static ArgonCost forTime(Duration least) {
        double ratio = (double) AIM.toNanos() / Math.max(1, least.toNanos());
        double wanted = Math.min(MEMORY_KIB_MAX, MEMORY_KIB_MIN * ratio);
        long affordable = Math.min((long) wanted, heapKib() / HEAP_SHARE) / STEP_KIB * STEP_KIB;
        return new ArgonCost((int) Math.max(MEMORY_KIB_MIN, affordable), LEAST.passes, LEAST.lanes);
    }

    /**
     * Refuses, before any memory is taken, a cost that no vault of ours was made with: its numbers stand in the key file, where
     * anybody may have changed them.
     */
    void checkBounds(ArgonCost least) throws VaultException {
        boolean isBounded = memoryKib >= least.memoryKib
                && memoryKib <= MEMORY_KIB_MAX
                && passes >= 1
                && passes <= PASSES_MAX
                && lanes >= 1
                && lanes <= LANES_MAX;
        if (!isBounded) {
            throw new VaultException(VaultException.Kind.DAMAGED, "the key file asks for impossible work");
        }
        if (memoryKib > heapKib() - heapKib() / REST_SHARE) {
            throw new VaultException(
                    VaultException.Kind.IO,
                    "the passphrase takes " + memoryKib / 1024 + " MiB of memory, Java may use " + heapKib() / 1024);
        }
    }

    /** The 32 bytes that {@code passphrase} and {@code salt} stretch to. Takes its time. */
    SecretBytes stretch(Passphrase passphrase, Bytes salt) {
        byte[] password = passphrase.utf8();
        try {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(memoryKib)
                    .withIterations(passes)
                    .withParallelism(lanes)
                    .withSalt(salt.toArray())
                    .build());
            byte[] output = new byte[OUTPUT_BYTES];
            generator.generateBytes(password, output);
            return SecretBytes.owning(output);
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    private static long heapKib() {
        return Runtime.getRuntime().maxMemory() / 1024;
    }
}
