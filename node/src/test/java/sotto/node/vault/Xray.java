package sotto.node.vault;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.runtime.VirtualLoop;
import sotto.node.api.Passphrase;

/**
 * Reads all that the files of a vault hold for somebody who knows the passphrase: every key record, both headers, every frame of
 * the journal and every page that any of the keys found opens.
 */
final class Xray {
    private final VaultDisk disk;
    private final KeyRing.Tools tools = new KeyRing.Tools(
            TestVaults.CRYPTO, new RandomStream(VirtualLoop.seeded(9).random()));
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private int pages;

    private Xray(VaultDisk disk) {
        this.disk = disk;
    }

    /** Everything readable, one after another. */
    static Xray of(VaultDisk disk, String passphrase) throws Exception {
        Xray xray = new Xray(disk);
        try (Passphrase text = TestVaults.passphrase(passphrase)) {
            xray.look(text);
        }
        return xray;
    }

    /** How many pages opened. */
    int pages() {
        return pages;
    }

    boolean shows(Bytes what) {
        return !shown(List.of(what)).isEmpty();
    }

    /** Which of {@code needles}, of 8 bytes or more each, are to be seen. */
    Set<Bytes> shown(Collection<Bytes> needles) {
        Map<Long, List<Bytes>> byBeginning = needles.stream()
                .collect(Collectors.groupingBy(needle -> needle.asByteBuffer().getLong()));
        ByteBuffer all = ByteBuffer.wrap(seen.toByteArray());
        Set<Bytes> shown = new HashSet<>();
        for (int from = 0; from + Long.BYTES <= all.capacity(); from++) {
            for (Bytes needle : byBeginning.getOrDefault(all.getLong(from), List.of())) {
                int size = needle.size();
                if (from + size <= all.capacity() && all.slice(from, size).equals(needle.asByteBuffer())) {
                    shown.add(needle);
                }
            }
        }
        return shown;
    }

    /** Whether {@code needle} is anywhere in {@code haystack}. */
    static boolean contains(byte[] haystack, byte[] needle) {
        for (int from = 0; from + needle.length <= haystack.length; from++) {
            if (Arrays.equals(haystack, from, from + needle.length, needle, 0, needle.length)) {
                return true;
            }
        }
        return false;
    }

    private void look(Passphrase passphrase) throws Exception {
        KeyFile file = new KeyFile(disk.open(VaultFileName.KEYS), tools.crypto(), tools.random());
        for (Map.Entry<KeyFile.Place, KeyRecord> entry : file.records().entrySet()) {
            KeyRecord record = entry.getValue();
            Optional<SecretBytes> unlockKey = new PassphraseUnlocking(passphrase, TestVaults.CHEAP, tools)
                    .unlock(record.fileId(), record.slots().get(0));
            Optional<RootKey> root =
                    unlockKey.flatMap(key -> new KeyRing.Sealing(tools, key, entry.getKey()).root(record));
            if (root.isPresent()) {
                look(record.fileId(), root.get());
            }
        }
    }

    private void look(Bytes fileId, RootKey root) throws IOException {
        DiskFile main = disk.open(VaultFileName.MAIN);
        HeaderSlots headers = new HeaderSlots(main, fileId);
        for (int slot : new int[] {Slots.HEADER_A, Slots.HEADER_B}) {
            Optional<Header> header = headers.read(slot, root.key().copy());
            if (header.isPresent()) {
                look(header.get(), new MainPages(main, fileId));
                lookAtJournal(header.get(), fileId);
            }
        }
    }

    private void look(Header header, MainPages main) throws IOException {
        Map<Integer, byte[]> data = new TreeMap<>();
        look(header, main, data);
        int length = data.keySet().stream().reduce(0, Math::max) + 1;
        lookAcross(data, length);
    }

    /** What lies across pages: each block of the volume, its page and then its rest. */
    private void lookAcross(Map<Integer, byte[]> data, int length) {
        byte[] unknown = new byte[VaultFormat.PAGE_BYTES];
        for (int page = 0; page < length; page++) {
            int block = page % SealedVolume.STRETCH_PAGES;
            if (block < SealedVolume.STRETCH_BLOCKS) {
                int rest = page - block + SealedVolume.STRETCH_BLOCKS + block / SealedVolume.RESTS_PER_PAGE;
                seen.writeBytes(data.getOrDefault(page, unknown));
                seen.write(
                        data.getOrDefault(rest, unknown),
                        block % SealedVolume.RESTS_PER_PAGE * SealedVolume.REST_BYTES,
                        SealedVolume.REST_BYTES);
            }
        }
    }

    private void look(Header header, MainPages main, Map<Integer, byte[]> data) throws IOException {
        seen.writeBytes(header.encoded());
        for (int top = 0; top < VaultFormat.TOP_TABLES; top++) {
            byte @Nullable [] level1 = page(main, new PageId(Region.LEVEL_1, top), keyIn(header.rootTable(), top));
            for (int table = 0; level1 != null && table < VaultFormat.FANOUT; table++) {
                int number = top * VaultFormat.FANOUT + table;
                byte @Nullable [] level2 = page(main, new PageId(Region.LEVEL_2, number), keyIn(level1, table));
                for (int index = 0; level2 != null && index < VaultFormat.FANOUT; index++) {
                    PageId id = new PageId(Region.DATA, number * VaultFormat.FANOUT + index);
                    byte @Nullable [] payload = page(main, id, keyIn(level2, index));
                    if (payload != null) {
                        data.put(id.number(), payload);
                    }
                }
            }
        }
    }

    private byte @Nullable [] page(MainPages main, PageId id, byte[] key) throws IOException {
        if (Arrays.equals(key, new byte[VaultFormat.KEY_BYTES])) {
            return null;
        }
        try {
            byte[] payload = main.read(id, key);
            seen.writeBytes(payload);
            pages++;
            return payload;
        } catch (VaultException superseded) {
            return null;
        }
    }

    private void lookAtJournal(Header header, Bytes fileId) throws IOException {
        Journal journal = new Journal(disk.open(VaultFileName.JOURNAL), fileId, tools.random());
        for (@Nullable JournalFrame frame : journal.readAll(header.journalKey())) {
            if (frame != null) {
                seen.writeBytes(frame.image().payload());
                pages++;
            }
        }
    }

    private static byte[] keyIn(byte[] keys, int index) {
        return Arrays.copyOfRange(keys, index * VaultFormat.KEY_BYTES, (index + 1) * VaultFormat.KEY_BYTES);
    }
}
