package sotto.node.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sotto.libp2p.runtime.Seeds;

/** Proves that no power cut loses, doubles or tears what was acknowledged, and that every wait for the disk is needed for that. */
class PowerLossTest {
    private static final int HISTORIES = Integer.getInteger("sotto.vault.histories", 500);
    private static final int HISTORIES_TO_NOTICE = 3_000;
    private static final Set<SyncPoint> IN_CREATION = EnumSet.range(SyncPoint.NAMES_BEGUN, SyncPoint.NAMES_DONE);

    @Test
    void survivesEveryPowerCut() {
        Set<SyncPoint> seen = EnumSet.noneOf(SyncPoint.class);
        Seeds.forEachSeed(HISTORIES, seed -> {
            VaultHistory history = new VaultHistory(seed);
            history.play();
            seen.addAll(history.disk().seen());
        });
        if (System.getProperty("seed") == null) {
            assertEquals(EnumSet.allOf(SyncPoint.class), seen, "some waiting for the disk was never tried");
        }
    }

    /** All but two, which take rarer histories than these: {@link TornTailTest} and {@link RollbackTest} have them. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"TAIL", "OTHER_MARK"})
    void needsEveryWaitForTheDisk(SyncPoint point) {
        assertTrue(isMissed(point), "nothing was lost without waiting at " + point);
    }

    private static boolean isMissed(SyncPoint point) {
        for (long seed = 0; seed < HISTORIES_TO_NOTICE; seed++) {
            VaultHistory history = new VaultHistory(seed);
            history.disk().ignore(point);
            try {
                if (IN_CREATION.contains(point)) {
                    history.playCreation();
                } else {
                    history.play();
                }
            } catch (Exception | AssertionError lost) {
                System.out.println(point + " is missed in history " + seed + ": " + lost.getMessage());
                return true;
            }
        }
        return false;
    }
}
