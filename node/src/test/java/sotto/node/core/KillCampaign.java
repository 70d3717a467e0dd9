package sotto.node.core;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import sotto.libp2p.peer.Multiaddr;
import sotto.node.api.Contact;
import sotto.node.api.ContactRequest;
import sotto.node.api.DisplayName;
import sotto.node.api.HistoryPage;
import sotto.node.api.Invitation;
import sotto.node.api.InvitationTerms;
import sotto.node.api.Message;
import sotto.node.api.Messenger;
import sotto.node.vault.WatchedVault;

/**
 * Two nodes in processes of their own write to each other without pause and are killed by SIGKILL at random moments, one or the
 * other. Afterwards both vaults are opened and compared: nothing that was reported durable is lost, nothing is doubled or out
 * of order.
 */
public final class KillCampaign {
    private static final int LIFE_MILLIS_MAX = 1_500;
    private static final int PAGE = 5_000;
    private static final int PATIENCE = 4;
    private static final int LOOKS_MAX = 2_000_000;
    private static final int PORT_MIN = 20_000;
    private static final int PORT_END = 32_000;
    private static final int PORTS_TRIED_MAX = 100;
    private static final int MEETING_LOOK_MILLIS = 50;
    private static final int MEETING_LOOKS_MAX = 1_200;

    /** How long a process may be silent: one that stalls fails the campaign, and does not hold it up for ever. */
    private static final int SILENCE_SECONDS_MAX = 180;

    private final SplittableRandom random;
    private final List<Subject> subjects;
    private int kills;
    private int killsInsideCommit;

    /**
     * What a campaign did.
     *
     * @param killsInsideCommit kills between the first byte of a commit that was written and the end of its sync
     */
    public record Report(int kills, int killsInsideCommit, int textsCompared) {
        @Override
        public String toString() {
            return kills + " kills, " + killsInsideCommit + " inside a commit, " + textsCompared + " texts compared";
        }
    }

    private KillCampaign(long seed, Path folder) throws IOException {
        this.random = new SplittableRandom(seed);
        this.subjects = List.of(
                new Subject("alice", folder.resolve("alice"), freePort(new SplittableRandom())),
                new Subject("bob", folder.resolve("bob"), 0));
    }

    /**
     * Kills {@code kills} times in {@code folder}, which must be empty, or more often if none of them fell inside a commit;
     * throws an {@link AssertionError} if a promise broke.
     */
    public static Report run(Path folder, int kills, long seed) throws Exception {
        KillCampaign campaign = new KillCampaign(seed, folder);
        campaign.introduce();
        campaign.killAll(kills);
        int compared = campaign.compare();
        return new Report(campaign.kills, campaign.killsInsideCommit, compared);
    }

    private void introduce() throws Exception {
        Messenger alice = subjects.get(0).open(true);
        Messenger bob = subjects.get(1).open(true);
        await(alice.create(DisplayName.of("alice"), KillSubject.passphrase()));
        await(bob.create(DisplayName.of("bob"), KillSubject.passphrase()));
        Invitation invitation = await(alice.invite(new InvitationTerms("", 1, InvitationTerms.DEFAULT_LIFETIME, true)));
        await(bob.addContact(new ContactRequest(invitation.code(), "", "")));
        int looks = 0;
        while (await(bob.contacts()).isEmpty() || await(alice.contacts()).isEmpty()) {
            if (looks++ == MEETING_LOOKS_MAX) {
                throw new AssertionError("the two did not become contacts in time");
            }
            TimeUnit.MILLISECONDS.sleep(MEETING_LOOK_MILLIS);
        }
        alice.close();
        bob.close();
    }

    private void killAll(int wanted) throws Exception {
        try {
            for (Subject subject : subjects) {
                subject.start();
            }
            while (kills < wanted || (killsInsideCommit == 0 && kills < wanted * PATIENCE)) {
                Subject victim = subjects.get(random.nextInt(subjects.size()));
                if (victim.killAfter(random.nextInt(LIFE_MILLIS_MAX), random.nextBoolean())) {
                    killsInsideCommit++;
                }
                kills++;
                victim.start();
            }
            for (Subject subject : subjects) {
                subject.stopWriting();
            }
            for (Subject subject : subjects) {
                subject.await("drained");
            }
        } finally {
            for (Subject subject : subjects) {
                subject.end();
            }
        }
    }

    private int compare() throws Exception {
        List<List<Message>> histories = new ArrayList<>();
        for (Subject subject : subjects) {
            histories.add(subject.history());
        }
        int compared = 0;
        for (int writer = 0; writer < 2; writer++) {
            List<String> written = texts(histories.get(writer), true);
            List<String> read = texts(histories.get(1 - writer), false);
            compared += written.size();
            if (!written.equals(read)) {
                throw new AssertionError(subjects.get(writer).name + " wrote " + written.size()
                        + " texts, the other has " + read.size() + ", or in another order");
            }
            List<String> lost = new ArrayList<>(
                    Files.readAllLines(subjects.get(writer).files.durable()));
            lost.removeAll(new HashSet<>(written));
            if (!lost.isEmpty()) {
                throw new AssertionError(lost.size() + " texts were reported durable and are lost");
            }
        }
        return compared;
    }

    private static List<String> texts(List<Message> history, boolean isMine) {
        List<String> texts = history.stream()
                .filter(message -> message.isMine() == isMine)
                .map(message -> message.text().value())
                .toList();
        if (new HashSet<>(texts).size() != texts.size()) {
            throw new AssertionError("a text is there twice");
        }
        return texts;
    }

    /** Below those that systems give to whoever connects: it is to be free again after every kill. */
    private static int freePort(SplittableRandom random) {
        for (int attempt = 0; attempt < PORTS_TRIED_MAX; attempt++) {
            int port = random.nextInt(PORT_MIN, PORT_END);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // The next one may be free.
            }
        }
        throw new AssertionError("no port between " + PORT_MIN + " and " + PORT_END + " is free");
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    /** A process and what it says. */
    private record Life(Process process, BufferedReader output) {}

    /** One of the two, dead or alive. */
    private static final class Subject {
        private final String name;
        private final Path folder;
        private final KillSubject.Places files;
        private final int port;
        private int lives;
        private Optional<Life> life = Optional.empty();

        Subject(String name, Path folder, int port) throws IOException {
            this.name = name;
            this.folder = Files.createDirectories(folder);
            this.files = KillSubject.Places.in(folder);
            this.port = port;
        }

        Messenger open(boolean isNetworked) throws Exception {
            return Node.start(
                    new NodeConfig(files.home(), List.of(Multiaddr.parse(address())), List.of(), false, isNetworked));
        }

        private String address() {
            return "/ip4/127.0.0.1/tcp/" + port;
        }

        void start() throws Exception {
            Path java = Path.of(System.getProperty("java.home"), "bin", "java");
            Process process = new ProcessBuilder(
                            java.toString(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            KillSubject.class.getName(),
                            folder.toString(),
                            address(),
                            name + " " + lives++ + " ")
                    .redirectError(folder.resolve("errors").toFile())
                    .start();
            life = Optional.of(new Life(process, process.inputReader(StandardCharsets.UTF_8)));
            await("ready");
        }

        /** Lets it live a while, then kills it, perhaps right when a commit begins; true if the disk was inside a commit. */
        boolean killAfter(int millis, boolean isAimed) throws Exception {
            Process process = life.orElseThrow().process();
            if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name + " ended by itself: " + Files.readString(folder.resolve("errors")));
            }
            BooleanSupplier committing = WatchedVault.committing(files.notes());
            // Looks for the beginning of a commit, not for long.
            for (int look = 0; isAimed && look < LOOKS_MAX && !committing.getAsBoolean(); look++) {
                Thread.onSpinWait();
            }
            process.destroyForcibly().waitFor();
            return committing.getAsBoolean();
        }

        void stopWriting() throws IOException {
            OutputStream input = life.orElseThrow().process().getOutputStream();
            input.write('\n');
            input.flush();
        }

        void await(String word) throws Exception {
            String line = nextLine().get(SILENCE_SECONDS_MAX, TimeUnit.SECONDS);
            if (!word.equals(line)) {
                throw new AssertionError(
                        name + " said " + line + ", not " + word + ": " + Files.readString(folder.resolve("errors")));
            }
        }

        private CompletableFuture<String> nextLine() {
            BufferedReader output = life.orElseThrow().output();
            return CompletableFuture.supplyAsync(() -> {
                try {
                    return String.valueOf(output.readLine());
                } catch (IOException broken) {
                    return broken.toString();
                }
            });
        }

        void end() throws Exception {
            if (life.isPresent()) {
                Process process = life.get().process();
                process.getOutputStream().close();
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            }
        }

        List<Message> history() throws Exception {
            Messenger messenger = open(false);
            try {
                KillCampaign.await(messenger.unlock(KillSubject.passphrase()));
                Contact contact = KillCampaign.await(messenger.contacts()).get(0);
                List<Message> all = new ArrayList<>();
                HistoryPage page = HistoryPage.newest(PAGE);
                List<Message> next = KillCampaign.await(messenger.history(contact.id(), page));
                while (!next.isEmpty()) {
                    List<Message> backwards = new ArrayList<>(next);
                    Collections.reverse(backwards);
                    all.addAll(backwards);
                    page = new HistoryPage(next.get(0).position(), PAGE);
                    next = KillCampaign.await(messenger.history(contact.id(), page));
                }
                Collections.reverse(all);
                return all;
            } finally {
                messenger.close();
            }
        }
    }
}
