package sotto.node.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.runtime.EventLoop;
import sotto.node.directory.SequenceBook;

/**
 * What an open node does because time has passed, and what it was kept from doing by its end: forgets what is too old, and
 * erases what is owed. Confined to the node loop.
 */
final class Housekeeping {
    /** Invitations live for days, so an hour more does not matter. */
    private static final Duration ROUND = Duration.ofHours(1);

    private static final System.Logger LOG = System.getLogger(Housekeeping.class.getName());

    private final EventLoop loop;
    private final Store store;
    private final SequenceBook sequences;
    private final Invitations invitations;
    private final Erasure erasure;
    private Optional<EventLoop.Timer> timer = Optional.empty();

    Housekeeping(Parts parts, Invitations invitations, Erasure erasure) {
        this.loop = parts.loop();
        this.store = parts.store();
        this.sequences = parts.books().sequences();
        this.invitations = invitations;
        this.erasure = erasure;
    }

    /** The first round, now; others follow until this is stopped. */
    void start() {
        timer = Optional.of(loop.schedule(ROUND, this::start));
        invitations
                .forgetOld()
                .thenCompose(forgotten -> forgetSequences())
                .thenCompose(forgotten -> erasure.settle())
                .whenComplete((settled, failure) -> {
                    if (failure != null) {
                        // The mark stays, so the next round tries again, or the next start where the vault has failed.
                        LOG.log(System.Logger.Level.WARNING, "what was removed could not be erased yet");
                    }
                });
    }

    private CompletionStage<Boolean> forgetSequences() {
        Instant now = loop.clock().instant();
        if (!sequences.hasForgettable(now)) {
            return CompletableFuture.completedFuture(false);
        }
        return store.write(transaction -> {
            sequences.forget(transaction, now);
            return true;
        });
    }

    void stop() {
        timer.ifPresent(EventLoop.Timer::cancel);
    }
}
