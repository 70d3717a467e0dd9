package sotto.node.vault;

import java.util.Map;

/**
 * What a checkpoint writes: data pages, and the tables of their keys as they were before, by number. Nobody changes the arrays
 * any more, so it may go to another thread.
 *
 * @param rootTable the keys of the level-1 tables, as they were before
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody changes the arrays, and nobody compares these.
record CheckpointPlan(
        Map<Integer, byte[]> data, Map<Integer, byte[]> level2, Map<Integer, byte[]> level1, byte[] rootTable) {}
