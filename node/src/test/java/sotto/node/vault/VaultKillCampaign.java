package sotto.node.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.runtime.VirtualLoop;
import sotto.node.vault.VaultKillSubject.Notes;

/**
 * Kills a process that writes to a vault, by SIGKILL at random moments, again and again. Each time the vault must open and hold
 * exactly what the transactions up to some number did, a number not below the last one acknowledged.
 */
public final class VaultKillCampaign {
    private static final int LIFE_MILLIS_MAX = 400;
    private static final int START_SECONDS_MAX = 60;
    private static final int PATIENCE = 4;
    private static final int LOOKS_MAX = 2_000_000;

    private final Path home;
    private final Path notesFile;
    private final Path errors;
    private final SplittableRandom random;
    private final Map<Bytes, Bytes> model = new HashMap<>();
    private long modelled;
    private int insideCommit;
    private int insideCheckpoint;

    /** What a campaign did. */
    public record Report(int kills, int insideCommit, int insideCheckpoint, long transactions) {
        @Override
        public String toString() {
            return kills + " kills, " + insideCommit + " inside a commit, " + insideCheckpoint
                    + " inside a checkpoint or a change of the root, " + transactions
                    + " transactions, nothing lost or doubled";
        }
    }

    private VaultKillCampaign(Path folder, long seed) {
        this.home = folder.resolve("home");
        this.notesFile = folder.resolve("notes");
        this.errors = folder.resolve("errors");
        this.random = new SplittableRandom(seed);
    }

    /**
     * Kills {@code kills} times in {@code folder}, which must be empty, or more often if none of them fell inside a commit;
     * throws an {@link AssertionError} if a promise broke.
     */
    public static Report run(Path folder, int kills, long seed) throws Exception {
        VaultKillCampaign campaign = new VaultKillCampaign(folder, seed);
        int done = 0;
        while (done < kills || (campaign.insideCommit == 0 && done < kills * PATIENCE)) {
            campaign.liveAndDie();
            campaign.check();
            done++;
        }
        return new Report(done, campaign.insideCommit, campaign.insideCheckpoint, campaign.modelled);
    }

    private void liveAndDie() throws Exception {
        Notes notes = new Notes(notesFile);
        for (int note : new int[] {Notes.READY, Notes.COMMITTING, Notes.CHECKPOINTING}) {
            notes.put(note, 0);
        }
        Process process = start();
        try {
            awaitReady(process, notes);
            if (process.waitFor(random.nextInt(LIFE_MILLIS_MAX), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the writer ended by itself: " + Files.readString(errors));
            }
            if (random.nextBoolean()) {
                awaitCommit(notes);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        insideCommit += (int) notes.get(Notes.COMMITTING);
        insideCheckpoint += (int) notes.get(Notes.CHECKPOINTING);
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        VaultKillSubject.class.getName(),
                        home.toString(),
                        notesFile.toString())
                .redirectError(errors.toFile())
                .start();
    }

    private void awaitReady(Process process, Notes notes) throws Exception {
        for (int wait = 0; notes.get(Notes.READY) == 0; wait++) {
            boolean hasEnded = process.waitFor(5, TimeUnit.MILLISECONDS);
            if (hasEnded || wait > START_SECONDS_MAX * 200) {
                throw new AssertionError("the writer does not start: " + Files.readString(errors));
            }
        }
    }

    /** Looks for the beginning of a commit, not for long: half of the kills come right after one. */
    private static void awaitCommit(Notes notes) {
        for (int look = 0; look < LOOKS_MAX && notes.get(Notes.COMMITTING) == 0; look++) {
            Thread.onSpinWait();
        }
    }

    private void check() throws Exception {
        Notes notes = new Notes(notesFile);
        VirtualLoop loop = VirtualLoop.seeded(random.nextLong());
        try (Vault vault = TestVaults.open(home, loop)) {
            long found = VaultKillSubject.counter(vault);
            require(
                    found >= notes.get(Notes.ACKNOWLEDGED),
                    "lost: acknowledged " + notes.get(Notes.ACKNOWLEDGED) + ", found " + found);
            require(found <= notes.get(Notes.SUBMITTED), "found " + found + ", which was never written");
            require(found >= modelled, "found " + found + " after " + modelled);
            while (modelled < found) {
                modelled++;
                model.remove(VaultKillSubject.removal(modelled));
                model.putAll(VaultKillSubject.puts(modelled));
            }
            Map<Bytes, Bytes> rows = new HashMap<>();
            vault.read(tables -> tables.table(VaultKillSubject.TABLE).withPrefix(Bytes.EMPTY, Integer.MAX_VALUE))
                    .forEach(row -> rows.put(row.key(), row.value()));
            require(rows.equals(model), "the rows after transaction " + found + " are not what they were");
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
