package sotto.node.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.runtime.VirtualLoop;

/** Proves that a flipped bit anywhere has no effect or gives a clear error: never other data, a hang or an exhausted heap. */
class FlipTest {
    private static final int FLIPS = Integer.getInteger("sotto.vault.flips", 1_000);
    private static final String[] TABLES = {"first", "second"};
    private static final VaultFileName[] FILES = {VaultFileName.MAIN, VaultFileName.JOURNAL, VaultFileName.KEYS};

    private final RandomGenerator random = new SplittableRandom(6);

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void changesNothingOrIsNoticed() throws Exception {
        LossyDisk closed = new LossyDisk();
        VirtualLoop loop = VirtualLoop.seeded(1);
        Vault vault = TestVaults.on(closed, loop).create(TestVaults.passphrase("right"));
        fill(vault, loop);
        LossyDisk killed = closed.copy();
        Map<String, Bytes> content = content(vault);
        vault.close();
        Map<VaultFileName, Integer> noticed = new EnumMap<>(VaultFileName.class);
        for (int flip = 0; flip < FLIPS; flip++) {
            VaultFileName file = FILES[flip % FILES.length];
            LossyDisk flipped = (flip % 2 == 0 ? closed : killed).copy();
            flipOneBit(flipped, file);
            if (isNoticed(flipped, content)) {
                noticed.merge(file, 1, Integer::sum);
            }
        }
        System.out.println(FLIPS + " bits flipped, noticed by file: " + noticed);
        for (VaultFileName file : FILES) {
            assertTrue(noticed.getOrDefault(file, 0) > FLIPS / 100, "hardly a flip is noticed in " + file);
        }
    }

    private void fill(Vault vault, VirtualLoop loop) {
        for (int step = 0; step < 120; step++) {
            vault.write(transaction -> {
                for (int row = 0; row < 5; row++) {
                    byte[] value = new byte[random.nextInt(600)];
                    random.nextBytes(value);
                    transaction
                            .table(TABLES[random.nextInt(2)])
                            .put(Bytes.utf8("row" + random.nextInt(400)), Bytes.owning(value));
                }
            });
            loop.runUntilIdle();
        }
    }

    private void flipOneBit(LossyDisk disk, VaultFileName file) {
        byte[] bytes = disk.bytes(file);
        // What a small vault uses is at the beginning of its files: half of the flips go there.
        int at = random.nextInt(random.nextBoolean() ? bytes.length : bytes.length / 10);
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        disk.put(file, bytes);
    }

    private static boolean isNoticed(LossyDisk disk, Map<String, Bytes> content) {
        try (Vault vault = TestVaults.on(disk, VirtualLoop.seeded(2)).open(TestVaults.passphrase("right"))) {
            assertEquals(content, content(vault));
            return false;
        } catch (VaultException | UncheckedVaultException clear) {
            return true;
        }
    }

    private static Map<String, Bytes> content(Vault vault) {
        Map<String, Bytes> content = new HashMap<>();
        for (String table : TABLES) {
            vault.read(tables -> tables.table(table).withPrefix(Bytes.EMPTY, 10_000))
                    .forEach(row -> content.put(table + row.key().hex(), row.value()));
        }
        return content;
    }
}
