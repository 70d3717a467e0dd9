package sotto.node.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Proves when a record is put: promptly, never in a flood, and before it is gone (pitfall 24). */
class PutScheduleTest {
    private static final Duration START = Duration.ofHours(3);

    private final SplittableRandom random = new SplittableRandom(24);

    @Test
    void theFirstPutComesWithinFiveSecondsEachRecordAtItsOwnMoment() {
        long moments = IntStream.range(0, 200)
                .mapToObj(i -> PutSchedule.soon(START, random).due())
                .peek(due -> assertTrue(isWithin(due, START, START.plus(PutSchedule.PROMPT))))
                .distinct()
                .count();
        assertTrue(moments > 150);
    }

    @Test
    void isPutAgainAfterTwentyToTwentyFourHours() {
        for (int i = 0; i < 200; i++) {
            PutSchedule again = PutSchedule.atOnce(START).taken(START, random).seen(random);
            assertEquals(PutSchedule.Step.PUT, again.step());
            assertTrue(isWithin(again.due(), START.plusHours(20), START.plusHours(24)));
        }
    }

    @Test
    void isLookedForWithinAMinuteOfThePut() {
        PutSchedule taken = PutSchedule.atOnce(START).taken(START, random);
        assertEquals(PutSchedule.Step.READ_BACK, taken.step());
        assertTrue(isWithin(taken.due(), START.plusSeconds(20), START.plusSeconds(60)));
    }

    @Test
    void changesWithoutEndCauseOnePutInThirtySeconds() {
        PutSchedule schedule = PutSchedule.soon(START, random);
        int puts = 0;
        for (Duration now = START; now.compareTo(START.plusMinutes(10)) < 0; now = now.plusSeconds(1)) {
            schedule = schedule.changed(now, random);
            if (schedule.due().compareTo(now) <= 0) {
                schedule = schedule.taken(now, random);
                puts++;
            }
        }
        assertTrue(puts >= 10 && puts <= 20, "puts in ten minutes: " + puts);
    }

    @Test
    void aChangeIsPutWithinFiveSecondsWhereTheLastPutIsOld() {
        PutSchedule old = PutSchedule.atOnce(START).taken(START, random).seen(random);
        Duration now = START.plusHours(1);
        assertTrue(isWithin(old.changed(now, random).due(), now, now.plus(PutSchedule.PROMPT)));
    }

    @Test
    void whatNobodyTakesIsTriedAtGrowingDistancesOfAtMostTenMinutes() {
        PutSchedule schedule = PutSchedule.atOnce(START);
        Duration now = START;
        for (int attempt = 0; attempt < 100; attempt++) {
            PutSchedule next = schedule.failed(now, random);
            Duration wait = next.due().minus(now);
            long most = Math.min(600_000, 5_000L << Math.min(attempt, 20));
            assertTrue(wait.toMillis() >= most / 2 && wait.toMillis() <= most, attempt + ": " + wait);
            now = next.due();
            schedule = next;
        }
        assertEquals(0, schedule.taken(now, random).seen(random).failures());
    }

    private static boolean isWithin(Duration due, Duration from, Duration to) {
        return due.compareTo(from) >= 0 && due.compareTo(to) <= 0;
    }
}
