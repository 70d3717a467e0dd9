package sotto.node.vault;

import static sotto.node.vault.VaultFormat.PAGE_BYTES;
import static sotto.node.vault.VaultFormat.SLOT_BYTES;
import static sotto.node.vault.VaultFormat.TAG_BYTES;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import sotto.libp2p.bytes.Bytes;

/**
 * The pages in their slots of the main file, each under a key of its own that its parent table holds. A key seals one page
 * once, so an older state of a page does not open under the key that counts. Confined to one thread; two of these may share a
 * file.
 */
final class MainPages {
    private static final int SEALED_BYTES = PAGE_BYTES + TAG_BYTES;
    /** How much the file grows by at least: it changes its size, and tells the size of its content, seldom. */
    private static final int GROWTH_SLOTS = 256;

    private static final int SLOTS_PER_WRITE = 64;

    private final DiskFile main;
    private final Bytes fileId;
    private final PageCipher cipher = new PageCipher();

    MainPages(DiskFile main, Bytes fileId) {
        this.main = main;
        this.fileId = fileId;
    }

    /**
     * The page {@code id} under {@code key}.
     *
     * @throws VaultException if it is not what was sealed under that key
     */
    byte[] read(PageId id, byte[] key) throws IOException, VaultException {
        byte[] sealed = new byte[SEALED_BYTES];
        try {
            main.read(Slots.offset(Slots.of(id.region(), id.number())), sealed);
        } catch (EOFException shortened) {
            throw new VaultException(VaultException.Kind.DAMAGED, "the vault ends before its " + id, shortened);
        }
        byte[] payload = cipher.openOnce(key, associatedData(id), sealed);
        if (payload == null) {
            throw new VaultException(VaultException.Kind.DAMAGED, "the vault is damaged: " + id + " is not authentic");
        }
        return payload;
    }

    /** Collects pages to be written, so that neighbours are written at once. */
    Writing writing(RandomStream random) {
        return new Writing(random);
    }

    /** The slots the file has. */
    int slots() throws IOException {
        return (int) (main.sizeBytes() / SLOT_BYTES);
    }

    /** Fills the file with random bytes from its end to slot {@code slots}, and somewhat on. */
    void growTo(int slots, RandomStream random) throws IOException {
        int present = slots();
        if (slots > present) {
            int wanted = present + Math.max(slots - present, GROWTH_SLOTS);
            for (int slot = present; slot < wanted; slot += SLOTS_PER_WRITE) {
                int count = Math.min(SLOTS_PER_WRITE, wanted - slot);
                main.write(Slots.offset(slot), random.bytes(count * SLOT_BYTES));
            }
        }
    }

    private byte[] associatedData(PageId id) {
        return VaultFormat.associatedData(fileId, id.region(), id.number());
    }

    /** Pages on their way into their slots. */
    final class Writing {
        private final RandomStream random;
        private final Map<Integer, byte[]> slots = new TreeMap<>();

        private Writing(RandomStream random) {
            this.random = random;
        }

        /** Seals the page under {@code key}, which must be fresh. */
        void add(PageImage image, byte[] key) {
            PageId id = new PageId(image.region(), image.number());
            byte[] sealed = cipher.sealOnce(key, associatedData(id), image.payload());
            byte[] slot = Arrays.copyOf(sealed, SLOT_BYTES);
            byte[] unused = random.bytes(SLOT_BYTES - sealed.length);
            System.arraycopy(unused, 0, slot, sealed.length, unused.length);
            slots.put(Slots.of(id.region(), id.number()), slot);
        }

        /** Writes all of them; the caller syncs. */
        void write() throws IOException {
            int last = slots.keySet().stream().reduce(0, Math::max);
            growTo(last + 1, random);
            SlotRuns.of(slots, SLOTS_PER_WRITE).forEachRun(main::write);
        }
    }
}
