package sotto.libp2p.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Proves the contract of the virtual loop, that its clock moves only when told, and that one seed gives one history. */
class VirtualLoopTest extends EventLoopContract {
    private final VirtualTime time = new VirtualTime(7);
    private final VirtualLoop loop = time.newLoop("test");

    @Override
    EventLoop loop() {
        return loop;
    }

    @Override
    <T> T await(CompletableFuture<T> outcome) {
        time.advanceUntil(outcome::isDone, Duration.ofSeconds(1));
        return outcome.join();
    }

    @Test
    void loopsThatShareATimeTakeTurnsInOrder() {
        VirtualLoop other = time.newLoop("other");
        List<String> seen = new ArrayList<>();
        loop.schedule(
                Duration.ofHours(2), () -> seen.add("loop at " + time.now().toHours()));
        other.schedule(Duration.ofHours(1), () -> {
            seen.add("other at " + time.now().toHours());
            loop.execute(() -> seen.add("posted at " + time.now().toHours()));
        });
        time.advance(Duration.ofHours(3));
        assertEquals(List.of("other at 1", "posted at 1", "loop at 2"), seen);
        assertEquals(Duration.ofHours(3), time.now());
    }

    @Test
    void movesTheClockOnlyWhenTold() {
        Instant before = loop.clock().instant();
        AtomicBoolean ran = new AtomicBoolean();
        loop.schedule(Duration.ofMillis(1), () -> ran.set(true));
        loop.runUntilIdle();
        assertFalse(ran.get());
        assertEquals(before, loop.clock().instant());
        loop.advance(Duration.ofMillis(1));
        assertTrue(ran.get());
        assertEquals(before.plusMillis(1), loop.clock().instant());
    }

    @Test
    void givesOneHistoryPerSeed() {
        byte[] one = new byte[16];
        byte[] same = new byte[16];
        VirtualLoop.seeded(5).random().nextBytes(one);
        VirtualLoop.seeded(5).random().nextBytes(same);
        assertArrayEquals(one, same);
    }

    @Test
    void failsTheTestWhenATaskThrows() {
        loop.execute(() -> {
            throw new IllegalStateException("on purpose");
        });
        AssertionError failure = assertThrows(AssertionError.class, loop::runUntilIdle);
        assertTrue(String.valueOf(failure.getMessage()).contains("seed 7"));
    }

    @Test
    void dropsWhatWaitsOnClose() {
        AtomicBoolean ran = new AtomicBoolean();
        loop.execute(() -> ran.set(true));
        loop.close();
        loop.execute(() -> ran.set(true));
        loop.runUntilIdle();
        assertFalse(ran.get());
    }

    @Test
    void seedsNameTheSeedThatFails() {
        AssertionError failure = assertThrows(
                AssertionError.class, () -> Seeds.forEachSeed(10, seed -> assertTrue(seed < 4, "on purpose")));
        assertTrue(String.valueOf(failure.getMessage()).contains("-Dseed=4"));
    }
}
