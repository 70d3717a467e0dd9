package sotto.libp2p.kad;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import sotto.libp2p.host.HostException;

/** Lets so many things be under way at once; the others wait, in the order in which they came. Confined to one loop. */
final class Turns {
    private static final int WAITING_MAX = 4_096;

    private final int underWayMax;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int underWay;
    private boolean isGoingOn;

    Turns(int underWayMax) {
        this.underWayMax = underWayMax;
    }

    /** What {@code work} completes with, once it had its turn; fails with {@link HostException} if too many wait. */
    <T> CompletionStage<T> take(Supplier<CompletionStage<T>> work) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        if (waiting.size() >= WAITING_MAX) {
            outcome.completeExceptionally(
                    new HostException(HostException.Reason.LIMIT_REACHED, "too many lookups wait"));
            return outcome;
        }
        waiting.add(() -> Failures.attempt(work).whenComplete((result, failure) -> {
            underWay--;
            if (failure == null) {
                outcome.complete(result);
            } else {
                outcome.completeExceptionally(failure);
            }
            goOn();
        }));
        goOn();
        return outcome;
    }

    /** What ends at once comes back here while this still runs: the loop goes on with the next, and the stack does not grow. */
    private void goOn() {
        if (isGoingOn) {
            return;
        }
        isGoingOn = true;
        try {
            while (underWay < underWayMax && !waiting.isEmpty()) {
                underWay++;
                waiting.remove().run();
            }
        } finally {
            isGoingOn = false;
        }
    }
}
