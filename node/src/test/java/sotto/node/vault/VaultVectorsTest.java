package sotto.node.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.runtime.VirtualLoop;

/** Proves that the format on disk is what {@code vectors/vault-1.txt} has, which was written once and is read for ever. */
class VaultVectorsTest {
    private static final String FILE = "/vectors/vault-1.txt";

    private final KeyRing.Tools tools = new KeyRing.Tools(
            TestVaults.CRYPTO, new RandomStream(VirtualLoop.seeded(1).random()));
    private final Map<String, Bytes> vector = read();

    @Test
    void opensEveryPiece() throws Exception {
        KeyRecord record = KeyRecord.decoded(padded(get("record"), KeyRecord.PLACE_BYTES), tools.crypto())
                .orElseThrow();
        PassphraseUnlocking unlocking =
                new PassphraseUnlocking(TestVaults.passphrase("correct horse"), TestVaults.CHEAP, tools);
        SecretBytes unlockKey =
                unlocking.unlock(record.fileId(), record.slots().get(0)).orElseThrow();
        assertEquals(get("unlock-key"), Bytes.owning(unlockKey.copy()));
        RootKey root = new KeyRing.Sealing(tools, unlockKey, KeyFile.Place.A)
                .root(record)
                .orElseThrow();
        assertEquals(get("root-key"), Bytes.owning(root.key().copy()));

        assertEquals(
                Optional.of(2L),
                new HeaderWitness(record.fileId(), root).opened(get("witness").toArray(), KeyFile.Place.A));

        LossyDisk disk = new LossyDisk();
        disk.put(VaultFileName.MAIN, new byte[(int) Slots.offset(16)]);
        DiskFile main = disk.open(VaultFileName.MAIN);
        main.write(Slots.offset(Slots.HEADER_A), get("header-a").toArray());
        Header header = new HeaderSlots(main, record.fileId())
                .read(Slots.HEADER_A, root.key().copy())
                .orElseThrow();
        assertEquals(List.of(2L, 7L), List.of(header.generation(), header.commit()));
        assertEquals(
                get("journal-keys"),
                Bytes.concat(
                        Bytes.owning(header.journalKey().sealing()),
                        Bytes.owning(header.journalKey().checking())));

        main.write(Slots.offset(Slots.MARKS), get("mark").toArray());
        assertEquals(9, new AcknowledgementMark(main, record.fileId()).read(header));

        main.write(Slots.offset(Slots.of(Region.DATA, 3)), get("page-3").toArray());
        byte[] page = new MainPages(main, record.fileId())
                .read(new PageId(Region.DATA, 3), get("page-3-key").toArray());
        assertArrayEquals(pattern(), page);

        disk.put(VaultFileName.JOURNAL, get("frame-0").toArray());
        Journal journal = new Journal(disk.open(VaultFileName.JOURNAL), record.fileId(), tools.random());
        @Nullable JournalFrame frame = journal.readAll(header.journalKey()).get(0);
        assertTrue(frame != null && frame.isCommit());
        assertEquals(
                List.of(8L, 3L), List.of(frame.batch(), (long) frame.image().number()));
        assertArrayEquals(pattern(), frame.image().payload());
    }

    private Bytes get(String name) {
        return Optional.ofNullable(vector.get(name)).orElseThrow();
    }

    /** The page that is sealed: every byte its own offset, modulo 251. */
    static byte[] pattern() {
        byte[] page = new byte[VaultFormat.PAGE_BYTES];
        for (int offset = 0; offset < page.length; offset++) {
            page[offset] = (byte) (offset % 251);
        }
        return page;
    }

    private static Bytes padded(Bytes record, int sizeBytes) {
        return Bytes.owning(Arrays.copyOf(record.toArray(), sizeBytes));
    }

    private static Map<String, Bytes> read() {
        Map<String, Bytes> vector = new HashMap<>();
        try (InputStream in = VaultVectorsTest.class.getResourceAsStream(FILE)) {
            String text = new String(Optional.ofNullable(in).orElseThrow().readAllBytes(), StandardCharsets.UTF_8);
            text.lines().filter(line -> line.contains(" = ")).forEach(line -> {
                String[] parts = line.split(" = ", 2);
                vector.put(parts[0], Bytes.ofHex(parts[1]));
            });
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return vector;
    }
}
