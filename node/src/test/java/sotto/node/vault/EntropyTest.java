package sotto.node.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.runtime.VirtualLoop;

/** Proves that the files of a vault look like noise: no word in them, no page that is less than random. */
class EntropyTest {
    private static final int PAGE_BYTES = 4096;
    private static final double BITS_PER_BYTE_MIN = 7.8;
    private static final List<VaultFileName> FILES =
            List.of(VaultFileName.MAIN, VaultFileName.JOURNAL, VaultFileName.KEYS);
    private static final List<String> WORDS =
            List.of("conversations", "old mill", "nobody", "message", "sotto", "vault", "Sotto", "mapdb", "MapDB");

    private final VirtualLoop loop = VirtualLoop.seeded(4);

    @Test
    void showsNoWordAndNoPatternWhileOpenAndClosed() throws Exception {
        LossyDisk disk = new LossyDisk();
        Vault vault = TestVaults.on(disk, loop).create(TestVaults.passphrase("right"));
        check(disk);
        for (int row = 0; row < 400; row++) {
            Bytes key = Bytes.utf8("message " + row);
            vault.write(transaction -> transaction
                    .table("conversations")
                    .put(key, Bytes.utf8("meet me at the old mill and tell nobody ".repeat(6))));
            if (row % 3 == 0) {
                loop.runUntilIdle();
            }
        }
        check(disk);
        vault.close();
        check(disk);
    }

    @Test
    void wouldSeeAWordAndAPattern() {
        byte[] page = new byte[PAGE_BYTES];
        assertTrue(entropy(page) < BITS_PER_BYTE_MIN);
        byte[] text = "meet me at the old mill".getBytes(StandardCharsets.UTF_8);
        System.arraycopy(text, 0, page, 1_000, text.length);
        assertTrue(Xray.contains(page, "old mill".getBytes(StandardCharsets.UTF_8)));
    }

    private static void check(LossyDisk disk) {
        for (VaultFileName name : FILES) {
            byte[] bytes = disk.bytes(name);
            List<String> found = WORDS.stream()
                    .filter(word -> Xray.contains(bytes, word.getBytes(StandardCharsets.UTF_8)))
                    .toList();
            assertEquals(List.of(), found, "words in " + name);
            for (int offset = 0; offset + PAGE_BYTES <= bytes.length; offset += PAGE_BYTES) {
                double bits = entropy(Arrays.copyOfRange(bytes, offset, offset + PAGE_BYTES));
                assertTrue(bits >= BITS_PER_BYTE_MIN, name + " at " + offset + " has " + bits + " bits a byte");
            }
        }
    }

    /** Bits a byte, by how often each of the 256 values is there. */
    private static double entropy(byte[] page) {
        int[] counts = new int[256];
        for (byte value : page) {
            counts[value & 0xff]++;
        }
        double bits = 0;
        for (int count : counts) {
            double share = (double) count / page.length;
            bits -= count == 0 ? 0 : share * Math.log(share) / Math.log(2);
        }
        return bits;
    }
}
