package sotto.node.core;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import sotto.libp2p.runtime.EventLoop;

/** The pursuits of one kind, by whom they are after. Confined to the node loop. */
final class Pursuits<K> {
    /** So many are held before it is looked for the first time whether some are after nobody any more. */
    static final int HELD_MIN = 64;

    private final EventLoop loop;
    private final Predicate<K> isKnown;
    private final Function<K, CompletionStage<Boolean>> attempt;
    private final Map<K, Pursuit> pursuits = new HashMap<>();
    private int heldMax = HELD_MIN;
    private boolean isStopped;

    /**
     * @param isKnown false for whom nobody needs to go after ever again
     * @param attempt as {@link Pursuit} has it
     */
    Pursuits(EventLoop loop, Predicate<K> isKnown, Function<K, CompletionStage<Boolean>> attempt) {
        this.loop = loop;
        this.isKnown = isKnown;
        this.attempt = attempt;
    }

    /** Goes after {@code whom}, as {@link Pursuit#hurry}. */
    void hurry(K whom) {
        if (!isStopped) {
            pursuits.computeIfAbsent(whom, unknown -> new Pursuit(loop, () -> attempt.apply(whom)))
                    .hurry();
            forgetUnknown();
        }
    }

    Optional<Pursuit> find(K whom) {
        return Optional.ofNullable(pursuits.get(whom));
    }

    int size() {
        return pursuits.size();
    }

    /** For good. */
    void stop() {
        isStopped = true;
        pursuits.values().forEach(Pursuit::stop);
        pursuits.clear();
    }

    /** Looks through all of them only when they have doubled, so that it costs little for each. */
    private void forgetUnknown() {
        if (pursuits.size() <= heldMax) {
            return;
        }
        pursuits.entrySet().removeIf(entry -> {
            boolean isGone = !isKnown.test(entry.getKey());
            if (isGone) {
                entry.getValue().stop();
            }
            return isGone;
        });
        heldMax = Math.max(HELD_MIN, 2 * pursuits.size());
    }
}
