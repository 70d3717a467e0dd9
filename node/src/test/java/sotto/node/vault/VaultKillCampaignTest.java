package sotto.node.vault;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves that a writer may be killed at any moment: a short campaign; {@code ./sotto bench vault-kills} runs a long one. */
class VaultKillCampaignTest {
    private static final int KILLS = Integer.getInteger("sotto.vault.kills", 12);

    @Test
    void losesNothingAndDoublesNothing(@TempDir Path folder) throws Exception {
        VaultKillCampaign.Report report = VaultKillCampaign.run(folder, KILLS, 1);
        System.out.println(report);
        assertTrue(report.insideCommit() > 0, "no kill fell inside a commit: the campaign shows nothing");
    }
}
