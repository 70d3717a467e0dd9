package sotto.node.core;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import sotto.libp2p.runtime.EventLoop;
import sotto.node.delivery.RetryWait;

/**
 * The attempts to meet one contact, or whom one knock is for: one at a time, at growing distances, sooner when there is a reason.
 * Once begun, there is always an attempt under way or a timer for the next one, until an attempt succeeds or {@link #rest} or
 * {@link #stop} ends it. Confined to the node loop.
 */
final class Pursuit {
    /** How often reasons to hurry, a text that is written for one, may cause attempts beside those that are due anyway. */
    static final Duration HURRY_PAUSE = Duration.ofSeconds(2);

    private final EventLoop loop;
    private final Supplier<CompletionStage<Boolean>> attempt;
    private RetryWait wait = RetryWait.NONE;
    private Optional<EventLoop.Timer> timer = Optional.empty();
    private Optional<Duration> triedAt = Optional.empty();
    private boolean isUnderWay;
    private boolean isStopped;

    /** {@code attempt} completes on the loop with true if there is nobody to look for any more. */
    Pursuit(EventLoop loop, Supplier<CompletionStage<Boolean>> attempt) {
        this.loop = loop;
        this.attempt = attempt;
    }

    /**
     * Tries at once, or soon where that was just done, so that nobody who comes and goes makes us dial without pause. In vain,
     * the next attempt is still due when it was: impatience makes nobody wait longer.
     */
    void hurry() {
        if (!wasJustTried()) {
            tryNow();
        } else if (!isUnderWay && timer.isEmpty()) {
            schedule(HURRY_PAUSE);
        }
    }

    /** True if an attempt that was due was in vain, and nobody was met since. */
    boolean isInVain() {
        return wait.attempts() > 0;
    }

    /** Nobody is to be looked for at present. */
    void rest() {
        timer.ifPresent(EventLoop.Timer::cancel);
        timer = Optional.empty();
        wait = RetryWait.NONE;
    }

    /** For good. */
    void stop() {
        isStopped = true;
        rest();
    }

    private boolean wasJustTried() {
        return triedAt.filter(then -> loop.uptime().minus(then).compareTo(HURRY_PAUSE) < 0)
                .isPresent();
    }

    private void tryNow() {
        if (isStopped || isUnderWay) {
            return;
        }
        isUnderWay = true;
        triedAt = Optional.of(loop.uptime());
        attempted().whenComplete((isOver, failure) -> {
            isUnderWay = false;
            if (failure == null && isOver) {
                rest();
            } else if (timer.isEmpty()) {
                wait = wait.next();
                schedule(wait.delay(loop.random()));
            }
        });
    }

    /** What an attempt throws, it has failed with: the next one is due all the same. */
    private CompletionStage<Boolean> attempted() {
        try {
            return attempt.get();
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private void schedule(Duration delay) {
        if (!isStopped) {
            timer = Optional.of(loop.schedule(delay, this::onDue));
        }
    }

    /** Where a hurried attempt is under way, it stands for this one. */
    private void onDue() {
        timer = Optional.empty();
        tryNow();
    }
}
