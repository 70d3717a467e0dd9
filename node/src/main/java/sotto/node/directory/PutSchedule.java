package sotto.node.directory;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a record of ours is put next, or looked at to see that it lies there ({@code docs/protocol/directory.md}, "Owners"). Every
 * record has its own schedule with its own jitter, so that the times of two say little of whether they have one owner. Times are
 * uptimes: no clock that somebody sets makes a record late. Immutable.
 *
 * @param step what is to be done at {@code due}
 * @param lastPut when servers last took it
 * @param failures puts and looks in vain, one after another
 */
public record PutSchedule(Step step, Duration due, Optional<Duration> lastPut, int failures) {
    /** The first put, and one after a change, come within this time of when the owner noticed the reason. */
    public static final Duration PROMPT = Duration.ofSeconds(5);

    /** At most one put of a record in this time, however often our addresses change. */
    public static final Duration PAUSE = Duration.ofSeconds(30);

    /** Puts again before the record expires, and before its servers have all left. */
    public static final Duration REPUBLISH = Duration.ofHours(22);

    /** How far a put is moved to either side of {@link #REPUBLISH}. */
    public static final Duration REPUBLISH_JITTER = Duration.ofHours(2);

    private static final Duration READ_BACK_MIN = Duration.ofSeconds(20);
    private static final Duration READ_BACK_MAX = Duration.ofSeconds(60);
    private static final Duration RETRY_MIN = Duration.ofSeconds(5);
    private static final Duration RETRY_MAX = Duration.ofMinutes(10);
    private static final int DOUBLINGS_MAX = 10;

    /** What an owner does with a record. */
    public enum Step {
        PUT,
        READ_BACK
    }

    /** For a record that is not in the directory yet, or not since we started. */
    public static PutSchedule soon(Duration now, RandomGenerator random) {
        return new PutSchedule(Step.PUT, now.plus(between(Duration.ZERO, PROMPT, random)), Optional.empty(), 0);
    }

    /** For a record that somebody waits for. */
    public static PutSchedule atOnce(Duration now) {
        return new PutSchedule(Step.PUT, now, Optional.empty(), 0);
    }

    /** What the record holds is no longer true. */
    public PutSchedule changed(Duration now, RandomGenerator random) {
        Duration prompt = now.plus(between(Duration.ZERO, PROMPT, random));
        Duration allowed = lastPut.map(last -> latest(last.plus(PAUSE), prompt)).orElse(prompt);
        Duration next = step == Step.PUT && due.compareTo(allowed) < 0 ? due : allowed;
        return new PutSchedule(Step.PUT, next, lastPut, failures);
    }

    /** Servers took it; whether they keep it is to be seen. */
    public PutSchedule taken(Duration now, RandomGenerator random) {
        return new PutSchedule(
                Step.READ_BACK, now.plus(between(READ_BACK_MIN, READ_BACK_MAX, random)), Optional.of(now), failures);
    }

    /** It lies where others will look. */
    public PutSchedule seen(RandomGenerator random) {
        Duration from = REPUBLISH.minus(REPUBLISH_JITTER);
        Duration to = REPUBLISH.plus(REPUBLISH_JITTER);
        return new PutSchedule(Step.PUT, lastPut.orElse(due).plus(between(from, to, random)), lastPut, 0);
    }

    /** No server took it, or it was not found where it should be: again, at growing distances. */
    public PutSchedule failed(Duration now, RandomGenerator random) {
        Duration grown = RETRY_MIN.multipliedBy(1L << Math.min(failures, DOUBLINGS_MAX));
        Duration most = grown.compareTo(RETRY_MAX) > 0 ? RETRY_MAX : grown;
        Duration retry = now.plus(between(most.dividedBy(2), most, random));
        Duration allowed = lastPut.map(last -> latest(last.plus(PAUSE), retry)).orElse(retry);
        return new PutSchedule(Step.PUT, allowed, lastPut, failures + 1);
    }

    private static Duration latest(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration between(Duration from, Duration to, RandomGenerator random) {
        return Duration.ofMillis(random.nextLong(from.toMillis(), to.toMillis() + 1));
    }
}
