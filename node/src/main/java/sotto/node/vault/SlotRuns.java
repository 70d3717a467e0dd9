package sotto.node.vault;

import static sotto.node.vault.VaultFormat.SLOT_BYTES;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;

/** Slots in ascending order, neighbours joined into runs: one write is cheaper than many. */
record SlotRuns(Map<Integer, byte[]> slots, int slotsPerRunMax) {
    static SlotRuns of(Map<Integer, byte[]> ascendingSlots, int slotsPerRunMax) {
        return new SlotRuns(ascendingSlots, slotsPerRunMax);
    }

    void forEachRun(RunWriter writer) throws IOException {
        ByteArrayOutputStream run = new ByteArrayOutputStream();
        int first = 0;
        int next = -1;
        for (Map.Entry<Integer, byte[]> entry : slots.entrySet()) {
            if (entry.getKey() != next || run.size() >= slotsPerRunMax * SLOT_BYTES) {
                flush(first, run, writer);
                first = entry.getKey();
            }
            run.writeBytes(entry.getValue());
            next = entry.getKey() + 1;
        }
        flush(first, run, writer);
    }

    private static void flush(int first, ByteArrayOutputStream run, RunWriter writer) throws IOException {
        if (run.size() > 0) {
            writer.write(Slots.offset(first), run.toByteArray());
            run.reset();
        }
    }

    /** Writes one run. */
    interface RunWriter {
        void write(long offset, byte[] run) throws IOException;
    }
}
