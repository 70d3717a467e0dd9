package sotto.tui.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sotto.libp2p.runtime.Require;
import sotto.tui.view.HostileFrames.Pair;

/**
 * Proves on real terminals that hostile names and messages change nothing but their own cells: not the terminal's modes, title,
 * clipboard or cursor, nor any cell beside the text. {@code -Dsotto.campaign=10000} sets how many texts are tried.
 */
final class HostileTextCampaignTest {
    private static final int TEXTS = Integer.getInteger("sotto.campaign", 1_600);
    private static final long SEED = Long.getLong("seed", 20261124);
    private static final int PAIRS = Math.max(1, TEXTS / HostileFrames.TEXTS_PER_PAIR);

    /** tmux is asked about each frame by a process of its own, so it gets all of the whole campaign and a part of a smaller one. */
    private static final int PAIRS_FOR_TMUX = TEXTS >= 10_000 ? PAIRS : Math.min(PAIRS, 30);

    @Test
    void onlyOurOwnGrammarIsWritten() throws IOException {
        for (int i = 0; i < PAIRS; i++) {
            Pair pair = HostileFrames.pair(i, SEED);
            Grammar.check(pair.hostile().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void xtermShowsNothingElse() throws IOException, InterruptedException {
        Path oracle = Oracle.installed();
        Process node = new ProcessBuilder("node", oracle.toString())
                .redirectError(Redirect.INHERIT)
                .start();
        List<String> answers = new ArrayList<>();
        Thread reading = new Thread(() -> read(node, answers));
        reading.start();
        try (OutputStream in = node.getOutputStream()) {
            for (int i = 0; i < PAIRS; i++) {
                in.write((HostileFrames.pair(i, SEED).json() + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        reading.join();
        assertEquals(0, node.waitFor());
        assertEquals(List.of("done " + PAIRS), answers, "seed " + SEED);
    }

    private static void read(Process node, List<String> answers) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8))) {
            reader.lines().limit(50).forEach(answers::add);
            reader.lines().forEach(more -> {});
        } catch (IOException e) {
            answers.add(e.toString());
        }
    }

    @Test
    void theOracleSeesWhatRawTextDoes() throws IOException, InterruptedException {
        Path oracle = Oracle.installed();
        Pair pair = HostileFrames.pair(0, SEED);
        String attack = "\u001b]0;owned\u0007\u001b[?1000h\u001b[2;2Hx";
        Pair attacked = new Pair(0, pair.size(), pair.harmless() + attack, pair.harmless(), pair.mask());
        Process node = new ProcessBuilder("node", oracle.toString())
                .redirectError(Redirect.INHERIT)
                .start();
        try (OutputStream in = node.getOutputStream()) {
            in.write((attacked.json() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        String answer = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        node.waitFor();
        for (String aspect : List.of("\"modes\"", "\"noise\"", "\"cursor\"", "cell 1,1")) {
            assertTrue(answer.contains(aspect), aspect + " in " + answer);
        }
    }

    @Test
    void tmuxShowsNothingElse(@TempDir Path folder) throws IOException, InterruptedException {
        Require.tool("tmux");
        try (TmuxPane tmux = TmuxPane.open(folder)) {
            for (int i = 0; i < PAIRS_FOR_TMUX; i++) {
                Pair pair = HostileFrames.pair(i, SEED);
                TmuxPane.Seen harmless = tmux.show(pair.harmless(), pair.size());
                TmuxPane.Seen hostile = tmux.show(pair.hostile(), pair.size());
                String context = "pair " + i + ", seed " + SEED;
                assertEquals(harmless.state(), hostile.state(), context);
                for (int y = 0; y < pair.size().rows(); y++) {
                    String shown = hostile.rows().get(y);
                    assertTrue(
                            shown.matches(TmuxPane.expected(pair.mask().get(y), harmless.cells(y))),
                            context + ", row " + y + "\n" + shown + "\n"
                                    + harmless.rows().get(y) + "\n"
                                    + pair.mask().get(y));
                }
            }
            assertEquals("", tmux.clipboard());
        }
    }

    /** The terminal in JavaScript, installed once from its lock file. */
    private static final class Oracle {
        static Path installed() throws IOException, InterruptedException {
            Require.tool("npm");
            Require.tool("node");
            Path folder = Path.of("src", "test", "js").toAbsolutePath();
            if (!Files.isDirectory(folder.resolve("node_modules"))) {
                int rc = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--silent")
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(Redirect.DISCARD)
                        .start()
                        .waitFor();
                Require.that(rc == 0, "npm could not install the terminal");
            }
            return folder.resolve("oracle.mjs");
        }
    }
}
