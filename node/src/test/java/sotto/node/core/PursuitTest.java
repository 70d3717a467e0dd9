package sotto.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import sotto.libp2p.runtime.VirtualLoop;
import sotto.libp2p.runtime.VirtualTime;

/** Proves that whoever is not met is tried again, whatever happens meanwhile, and that hurrying is bounded. */
class PursuitTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final VirtualTime time = new VirtualTime(1);
    private final VirtualLoop loop = time.newLoop("pursuer");
    private final List<CompletableFuture<Boolean>> attempts = new ArrayList<>();
    private final Pursuit pursuit = new Pursuit(loop, () -> {
        CompletableFuture<Boolean> attempt = new CompletableFuture<>();
        attempts.add(attempt);
        return attempt;
    });

    @Test
    void whoIsNotMetIsTriedAgain() {
        pursuit.hurry();
        fail(0);
        time.advance(DAY);
        fail(1);
        time.advance(DAY);
        assertEquals(3, attempts.size());
        assertTrue(pursuit.isInVain());
    }

    @Test
    void whoComesAndGoesDuringAHurriedAttemptIsTriedAgain() {
        pursuit.hurry();
        fail(0);
        time.advance(DAY);
        fail(1);
        time.advance(DAY);
        fail(2);
        time.advance(Pursuit.HURRY_PAUSE);
        pursuit.hurry();
        pursuit.rest();
        pursuit.hurry();
        fail(3);
        time.advance(DAY);
        assertEquals(5, attempts.size());
    }

    @Test
    void anAttemptThatThrowsIsRepeated() {
        List<String> tried = new ArrayList<>();
        Pursuit failing = new Pursuit(loop, () -> {
            tried.add("once more");
            throw new IllegalStateException("refused");
        });
        failing.hurry();
        time.advance(DAY);
        assertTrue(tried.size() > 10, tried::toString);
    }

    @Test
    void whoWasMetIsLeftAlone() {
        pursuit.hurry();
        fail(0);
        time.advance(DAY);
        attempts.get(1).complete(true);
        time.advance(DAY);
        assertEquals(2, attempts.size());
        assertFalse(pursuit.isInVain());
    }

    @Test
    void hurryingDoesNotTryWithoutPause() {
        for (int i = 0; i < 100; i++) {
            pursuit.hurry();
            fail(attempts.size() - 1);
            pursuit.rest();
            time.advance(MOMENT);
        }
        assertEquals(1, attempts.size());
        pursuit.hurry();
        time.advance(Pursuit.HURRY_PAUSE);
        assertEquals(2, attempts.size());
    }

    @Test
    void whatIsStoppedTriesNoMore() {
        pursuit.hurry();
        pursuit.stop();
        fail(0);
        pursuit.hurry();
        time.advance(DAY);
        assertEquals(1, attempts.size());
    }

    @Test
    void pursuitsOfThoseWhoAreGoneAreForgotten() {
        Set<Integer> known = new HashSet<>();
        Pursuits<Integer> pursuits =
                new Pursuits<>(loop, known::contains, whom -> CompletableFuture.completedFuture(true));
        for (int whom = 0; whom < 10 * Pursuits.HELD_MIN; whom++) {
            known.add(whom);
            pursuits.hurry(whom);
            known.remove(whom - 1);
        }
        assertTrue(pursuits.size() <= Pursuits.HELD_MIN, () -> pursuits.size() + " are held");
    }

    private void fail(int attempt) {
        attempts.get(attempt).complete(false);
    }
}
