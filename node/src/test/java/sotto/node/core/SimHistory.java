package sotto.node.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.VirtualTime;
import sotto.node.api.AccountId;
import sotto.node.api.Contact;
import sotto.node.api.ContactRequest;
import sotto.node.api.HistoryPage;
import sotto.node.api.Invitation;
import sotto.node.api.InvitationTerms;
import sotto.node.api.Message;
import sotto.node.api.MessageState;

/**
 * One seeded history of two people: they become contacts, write to each other, and are cut, torn apart and killed at random
 * moments; then the network heals, and every promise about delivery is checked. The same seed gives the same history.
 */
public final class SimHistory {
    private static final int STEPS = 60;
    private static final Duration STEP_MAX = Duration.ofSeconds(3);
    /** These histories take minutes, so nobody counts as away: the longest wait between attempts is 2 min and a quarter. */
    private static final Duration HEALING = Duration.ofMinutes(5);

    /** One history in so many begins where more was sent than a session sends unacknowledged. */
    private static final int LONG_ONES = 10;

    private static final int LONG_TEXTS = Link.UNACKNOWLEDGED_MAX + 50;

    /** One text in so many is the first of a burst: more than a session hands over at once. */
    private static final int BURSTS = 20;

    private static final int BURST_MIN = 65;

    /** Two commits, and the way there and back. */
    private static final Duration ACKNOWLEDGED_AFTER = Duration.ofMillis(400);

    private static final HistoryPage ALL = HistoryPage.newest(HistoryPage.LIMIT_MAX);

    private final SplittableRandom random;
    private final VirtualTime time;
    private final SimNetwork network;
    private final List<Person> people = new ArrayList<>();
    private final Report report = new Report();

    private SimHistory(long seed) {
        this.random = new SplittableRandom(seed);
        this.time = new VirtualTime(seed);
        this.network = new SimNetwork(random.split());
        Multiaddr fixed = network.freeAddress();
        people.add(new Person("Alice", () -> fixed));
        people.add(new Person("Bob", network::freeAddress));
    }

    /** What was injected, by kind, and what was sent. */
    public static final class Report {
        private int sent;
        private int cuts;
        private int tears;
        private int crashes;
        private int longOnes;

        @Override
        public String toString() {
            return sent + " sent, " + cuts + " cuts, " + tears + " tears, " + crashes + " crashes, " + longOnes
                    + " long ones";
        }

        /** Adds another history's counts to these. */
        public void add(Report other) {
            sent += other.sent;
            cuts += other.cuts;
            tears += other.tears;
            crashes += other.crashes;
            longOnes += other.longOnes;
        }

        /** True if every kind of fault was injected at least once. */
        public boolean hasEveryFault() {
            return cuts > 0 && tears > 0 && crashes > 0;
        }
    }

    /** Plays the history of {@code seed}; throws an {@link AssertionError} if a promise was broken. */
    public static Report play(long seed) {
        SimHistory history = new SimHistory(seed);
        history.meet();
        for (int step = 0; step < STEPS; step++) {
            history.step();
        }
        history.loseAcknowledgements();
        history.heal();
        history.check();
        return history.report;
    }

    private void meet() {
        people.forEach(person -> person.sim.create());
        Person alice = people.get(0);
        Person bob = people.get(1);
        Invitation invitation = alice.sim.await(
                alice.sim.node().invite(new InvitationTerms("for Bob", 1, InvitationTerms.DEFAULT_LIFETIME, true)));
        bob.sim.await(bob.sim.node().addContact(new ContactRequest(invitation.code(), "", "hello")));
        // They are not contacts yet: that too must come about while things break.
        report.sent++;
        if (random.nextInt(LONG_ONES) == 0) {
            goBack();
        }
    }

    /** Lets a long conversation lie behind them. */
    private void goBack() {
        heal();
        people.forEach(person -> person.write(LONG_TEXTS));
        heal();
        report.longOnes++;
    }

    private void step() {
        int dice = random.nextInt(100);
        Person person = people.get(random.nextInt(2));
        if (dice < 60) {
            person.write(random.nextInt(BURSTS) == 0 ? BURST_MIN + random.nextInt(BURST_MIN) : 1);
        } else if (dice < 72) {
            report.cuts++;
            network.cutAll();
        } else if (dice < 78) {
            report.tears++;
            network.tear();
        } else if (dice < 90) {
            network.mend();
        } else {
            report.crashes++;
            person.sim.crash();
            time.advance(randomSpan());
            person.sim.restart();
        }
        time.advance(randomSpan());
    }

    /** The last that breaks: connections, at about the moment when what was written at once is acknowledged. */
    private void loseAcknowledgements() {
        network.mend();
        time.advance(STEP_MAX);
        people.forEach(person -> person.write(BURST_MIN + random.nextInt(BURST_MIN)));
        time.advance(Duration.ofMillis(random.nextLong(ACKNOWLEDGED_AFTER.toMillis())));
        report.cuts++;
        network.cutAll();
    }

    private Duration randomSpan() {
        return Duration.ofMillis(random.nextLong(STEP_MAX.toMillis()));
    }

    private void heal() {
        network.mend();
        time.advanceUntil(() -> people.stream().allMatch(Person::isSettled), HEALING);
    }

    private void check() {
        Person alice = people.get(0);
        Person bob = people.get(1);
        compare(alice, bob);
        compare(bob, alice);
    }

    /** What one wrote is what the other has: once each, in order, and all that was shown as written is there. */
    private static void compare(Person writer, Person reader) {
        List<String> written = texts(writer.history(), true);
        List<String> read = texts(reader.history(), false);
        if (!written.equals(read)) {
            throw new AssertionError(writer.name + " wrote " + written + " but " + reader.name + " has " + read);
        }
        if (!written.containsAll(writer.durable)) {
            throw new AssertionError(writer.name + " lost something durable: " + writer.durable + " of " + written);
        }
    }

    private static List<String> texts(List<Message> history, boolean isMine) {
        return history.stream()
                .filter(message -> message.isMine() == isMine)
                .map(message -> message.text().value())
                .toList();
    }

    /** Somebody in this history. */
    private final class Person {
        private final String name;
        private final SimNode sim;
        private final List<String> durable = new ArrayList<>();
        private int written;

        Person(String name, Supplier<Multiaddr> address) {
            this.name = name;
            this.sim = new SimNode(name, time, network, address);
        }

        void write(int count) {
            sim.await(sim.node().contacts()).stream().findFirst().ifPresent(contact -> {
                for (int i = 0; i < count; i++) {
                    String text = name + " " + written++;
                    report.sent++;
                    sim.node().send(contact.id(), text).thenAccept(message -> durable.add(text));
                }
            });
        }

        /** A contact, and nothing of ours is still on its way. */
        boolean isSettled() {
            List<Contact> contacts = now(sim.node().contacts());
            return !contacts.isEmpty()
                    && history(contacts.get(0).id()).stream()
                            .allMatch(message -> message.state() instanceof MessageState.Delivered);
        }

        List<Message> history() {
            return history(now(sim.node().contacts()).get(0).id());
        }

        private List<Message> history(AccountId contact) {
            return now(sim.node().history(contact, ALL));
        }

        /** Queries are answered as soon as the loop runs. */
        private <T> T now(CompletionStage<T> stage) {
            time.runUntilIdle();
            return stage.toCompletableFuture().join();
        }
    }
}
