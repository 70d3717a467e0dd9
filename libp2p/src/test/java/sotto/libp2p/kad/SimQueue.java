package sotto.libp2p.kad;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import sotto.libp2p.runtime.EventLoop;

/**
 * The time of a simulated world, in milliseconds, and all that waits for it: a binary heap of due times, and before them what is
 * to be done at once. Things due together happen in the order in which they were told. Not thread-safe.
 */
final class SimQueue {
    private long[] due = new long[1 << 12];
    private long[] sequence = new long[1 << 12];
    private Runnable[] tasks = new Runnable[1 << 12];
    private int size;
    private long nextSequence;
    private final Deque<Runnable> ready = new ArrayDeque<>();
    private long nowMillis;
    private long ran;

    long nowMillis() {
        return nowMillis;
    }

    /** How much has happened so far. */
    long ran() {
        return ran;
    }

    void execute(Runnable task) {
        ready.add(task);
    }

    void schedule(long delayMillis, Runnable task) {
        if (size == due.length) {
            due = Arrays.copyOf(due, 2 * size);
            sequence = Arrays.copyOf(sequence, 2 * size);
            tasks = Arrays.copyOf(tasks, 2 * size);
        }
        siftUp(nowMillis + Math.max(0, delayMillis), task);
    }

    /** Lets {@code spanMillis} pass. */
    void advance(long spanMillis) {
        long end = nowMillis + spanMillis;
        runReady();
        while (size > 0 && due[0] <= end) {
            step();
        }
        nowMillis = end;
    }

    /** Lets the next thing happen, and what follows from it at once; false if nothing waits. */
    boolean step() {
        runReady();
        if (size == 0) {
            return false;
        }
        nowMillis = due[0];
        Runnable task = removeFirst();
        ran++;
        task.run();
        runReady();
        return true;
    }

    private void runReady() {
        for (Runnable task = ready.poll(); task != null; task = ready.poll()) {
            ran++;
            task.run();
        }
    }

    private void siftUp(long dueMillis, Runnable task) {
        int at = size++;
        // Nobody came later, so at one time the order of coming is kept by going up only past what is due later.
        while (at > 0 && due[(at - 1) / 2] > dueMillis) {
            move((at - 1) / 2, at);
            at = (at - 1) / 2;
        }
        set(at, dueMillis, nextSequence++, task);
    }

    private Runnable removeFirst() {
        Runnable first = tasks[0];
        size--;
        long lastDue = due[size];
        long lastSequence = sequence[size];
        Runnable last = tasks[size];
        int at = 0;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && isBefore(child + 1, due[child], sequence[child])) {
                child++;
            }
            if (!isBefore(child, lastDue, lastSequence)) {
                break;
            }
            move(child, at);
            at = child;
        }
        set(at, lastDue, lastSequence, last);
        return first;
    }

    private boolean isBefore(int at, long otherDue, long otherSequence) {
        return due[at] < otherDue || (due[at] == otherDue && sequence[at] < otherSequence);
    }

    private void move(int from, int to) {
        set(to, due[from], sequence[from], tasks[from]);
    }

    private void set(int at, long dueMillis, long order, Runnable task) {
        due[at] = dueMillis;
        sequence[at] = order;
        tasks[at] = task;
    }

    /** A task that may be called off; it stays in the heap until its time, and does nothing then. */
    static final class Cancellable implements EventLoop.Timer, Runnable {
        private final Runnable task;
        private boolean isCancelled;

        Cancellable(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            if (!isCancelled) {
                task.run();
            }
        }

        @Override
        public void cancel() {
            isCancelled = true;
        }
    }
}
