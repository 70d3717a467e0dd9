package sotto.node.core;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves that SIGKILL at any moment loses and doubles nothing: a short version of {@code ./sotto bench kills}. */
class KillCampaignTest {
    private static final int KILLS = 6;

    @TempDir
    Path folder;

    @Test
    void killedNodesLoseAndDoubleNothing() throws Exception {
        KillCampaign.Report report = KillCampaign.run(folder, KILLS, 1);
        assertTrue(report.killsInsideCommit() > 0, "no kill fell inside a commit, so nothing was proven: " + report);
        assertTrue(report.textsCompared() > 0, report::toString);
    }
}
