package sotto.libp2p.kad;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sotto.libp2p.runtime.EventLoop;

/** Drives one {@link Lookup}: asks whom it names, and tells it what came of that. Confined to the routing's loop. */
final class LookupRun {
    private final Lookup lookup;
    private final EventLoop loop;
    private final Function<Peer, CompletionStage<Answer>> asking;
    private final Listener listener;
    private final CompletableFuture<Lookup> finished = new CompletableFuture<>();
    private EventLoop.@Nullable Timer timer;
    private long timerMillis = Long.MAX_VALUE;

    LookupRun(Lookup lookup, EventLoop loop, Function<Peer, CompletionStage<Answer>> asking, Listener listener) {
        this.lookup = lookup;
        this.loop = loop;
        this.asking = asking;
        this.listener = listener;
    }

    /** Hears of every answer. */
    interface Listener {
        void onAnswer(Peer from, Answer answer);
    }

    /** Completes with the lookup once it has ended; does not fail. */
    CompletionStage<Lookup> start() {
        goOn();
        return finished;
    }

    private void goOn() {
        if (finished.isDone()) {
            return;
        }
        long now = loop.uptime().toMillis();
        for (var next = lookup.next(now); next.isPresent(); next = lookup.next(now)) {
            ask(next.get());
        }
        if (lookup.isFinished()) {
            setTimer(Long.MAX_VALUE, now);
            finished.complete(lookup);
        } else {
            setTimer(lookup.wakeMillis(), now);
        }
    }

    private void ask(Peer peer) {
        asking.apply(peer)
                .whenComplete((answer, failure) -> loop.execute(() -> {
                    if (finished.isDone()) {
                        return;
                    }
                    if (failure == null) {
                        listener.onAnswer(peer, answer);
                        lookup.onSuccess(peer.id(), answer.closer());
                    } else {
                        lookup.onFailure(peer.id());
                    }
                    goOn();
                }));
    }

    private void setTimer(long atMillis, long nowMillis) {
        if (atMillis == timerMillis) {
            return;
        }
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        timerMillis = atMillis;
        if (atMillis != Long.MAX_VALUE) {
            timer = loop.schedule(Duration.ofMillis(Math.max(1, atMillis - nowMillis)), this::onTimer);
        }
    }

    private void onTimer() {
        timerMillis = Long.MAX_VALUE;
        goOn();
    }
}
