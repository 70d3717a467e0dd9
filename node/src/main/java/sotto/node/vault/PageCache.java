package sotto.node.vault;

import static sotto.node.vault.VaultFormat.FANOUT;
import static sotto.node.vault.VaultFormat.PAGE_BYTES;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The pages in memory. Changed pages belong to this thread until a commit takes them; from then on their arrays are not touched
 * again, and stay until a checkpoint has put them into their slots; what was read, or is in its slot, is kept while there is room.
 * A page is copied when it is first written after any of this. Confined to the vault's thread.
 */
final class PageCache {
    private final KeyTree keys;
    private final Map<Integer, byte[]> clean;
    private final Map<Integer, byte[]> unsettled = new HashMap<>();
    private final Set<Integer> unsettledTables = new HashSet<>();
    private Map<Integer, byte[]> changed = new HashMap<>();
    private int length;

    // The page used last: MapDB reads a record field by field.
    private int lastNumber = -1;
    private byte[] last = new byte[0];

    PageCache(KeyTree keys, int length) {
        this.keys = keys;
        this.length = length;
        this.clean = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, byte[]> eldest) {
                return size() > VaultLimits.CLEAN_PAGES_MAX;
            }
        };
    }

    /** How many pages the volume has. */
    int length() {
        return length;
    }

    void ensureLength(int pages) {
        length = Math.max(length, pages);
    }

    /** The page, to read only. */
    byte[] page(int number) {
        if (number == lastNumber) {
            return last;
        }
        byte[] page = find(number);
        lastNumber = number;
        last = page;
        return page;
    }

    /** The page, to write to until the next {@link #takeChanges}. */
    byte[] writable(int number) {
        byte[] page = changed.get(number);
        if (page == null) {
            page = page(number).clone();
            if (changed.size() >= VaultLimits.CHANGED_PAGES_MAX) {
                throw new UncheckedVaultException(VaultException.Kind.FULL, "a transaction changes too much at once");
            }
            changed.put(number, page);
            clean.remove(number);
        }
        lastNumber = number;
        last = page;
        return page;
    }

    boolean hasChanges() {
        return !changed.isEmpty();
    }

    /** Frames a journal needs for the changes, and for a checkpoint after them. */
    int framesNeeded() {
        Set<Integer> tables = new HashSet<>(unsettledTables);
        changed.keySet().forEach(page -> tables.add(page / FANOUT));
        long tops = tables.stream().map(table -> table / FANOUT).distinct().count();
        return changed.size() + tables.size() + (int) tops + 1;
    }

    /** All pages changed since the last time. Their arrays are nobody's to change from now on. */
    Map<Integer, byte[]> takeChanges() {
        Map<Integer, byte[]> taken = changed;
        changed = new HashMap<>();
        unsettled.putAll(taken);
        taken.keySet().forEach(page -> unsettledTables.add(page / FANOUT));
        return taken;
    }

    /** The pages taken so far that are not in their slots. */
    Map<Integer, byte[]> unsettled() {
        return Map.copyOf(unsettled);
    }

    /** {@code pages} are in their slots now; those taken again since then stay. */
    void settle(Map<Integer, byte[]> pages) {
        pages.forEach((number, page) -> {
            if (unsettled.remove(number, page) && !changed.containsKey(number)) {
                clean.put(number, page);
            }
        });
        unsettledTables.clear();
        unsettled.keySet().forEach(page -> unsettledTables.add(page / FANOUT));
    }

    private byte[] find(int number) {
        if (number >= length) {
            throw new IndexOutOfBoundsException("page " + number + " of " + length);
        }
        byte[] page = changed.get(number);
        if (page == null) {
            page = unsettled.get(number);
        }
        if (page == null) {
            page = clean.get(number);
        }
        if (page == null) {
            page = load(number);
            clean.put(number, page);
        }
        return page;
    }

    private byte[] load(int number) {
        try {
            byte[] page = keys.readData(number);
            if (page.length != PAGE_BYTES) {
                throw new IllegalStateException("a page has " + PAGE_BYTES + " bytes, not " + page.length);
            }
            return page;
        } catch (VaultException damaged) {
            throw new UncheckedVaultException(damaged);
        } catch (IOException refused) {
            throw new UncheckedVaultException(VaultExceptions.io(refused));
        }
    }
}
