package sotto.node.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import sotto.libp2p.runtime.EventLoop;
import sotto.node.api.Contact;
import sotto.node.api.ContactPath;
import sotto.node.api.ContactRequest;
import sotto.node.api.Event;
import sotto.node.api.HistoryPage;
import sotto.node.api.Invitation;
import sotto.node.api.InvitationTerms;
import sotto.node.api.Knock;
import sotto.node.api.Message;
import sotto.node.api.MessageState;
import sotto.node.api.Messenger;

/** What the two people of the demo do: become contacts, write to each other in turns, and look at what arrived. */
final class DemoChat {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ROUNDS = 50;

    /** How the conversation begins; the rest is numbered. */
    private static final List<List<String>> DIALOGUE = List.of(
            List.of("Hello Bob, can you read this?", "Loud and clear, Alice."),
            List.of("Who else can?", "Nobody: it went straight from your node to mine."),
            List.of("And our vaults?", "Sealed. The demo looks for these words in them when we are done."));

    private final DemoNode alice;
    private final DemoNode bob;
    private final EventLoop loop;
    private final List<Duration> latencies = new ArrayList<>();

    DemoChat(DemoNode alice, DemoNode bob, EventLoop loop) {
        this.alice = alice;
        this.bob = bob;
        this.loop = loop;
    }

    /** Alice invites, Bob uses the code. */
    Invitation becomeContacts() {
        Invitation invitation = Waiting.result(
                alice.messenger().invite(new InvitationTerms("for Bob", 1, InvitationTerms.DEFAULT_LIFETIME, true)));
        long before = Waiting.result(bob.messenger().status()).lastSequence();
        Knock knock = Waiting.result(bob.messenger().addContact(new ContactRequest(invitation.code(), "", "")));
        new FeedWatch(bob.messenger(), before)
                .first(event -> settled(event, knock), PATIENCE, "they did not become contacts");
        return invitation;
    }

    private static Optional<Contact> settled(Event event, Knock knock) {
        return event instanceof Event.KnockSettled end && end.knock().equals(knock.id())
                ? end.contact()
                : Optional.empty();
    }

    /** Writes in turns, each message after the one before it was acknowledged, and calls {@code onLine} with the first of them. */
    void talk(Transcript transcript) {
        Contact alicesBob = only(alice);
        Contact bobsAlice = only(bob);
        for (int round = 0; round < ROUNDS; round++) {
            say(alice, alicesBob, text(round, 0), transcript);
            say(bob, bobsAlice, text(round, 1), transcript);
        }
    }

    /** All texts that one side (0: Alice, 1: Bob) wrote, in order. */
    List<String> texts(int side) {
        return IntStream.range(0, ROUNDS).mapToObj(round -> text(round, side)).toList();
    }

    /** How many of one side's texts the other has, each exactly once and in order; 0 if it has anything else. */
    int arrived(int side) {
        DemoNode receiver = side == 0 ? bob : alice;
        List<String> there = Waiting.result(
                        receiver.messenger().history(only(receiver).id(), HistoryPage.newest(HistoryPage.LIMIT_MAX)))
                .stream()
                .filter(message -> !message.isMine())
                .map(message -> message.text().value())
                .toList();
        List<String> sent = texts(side);
        return there.size() <= sent.size() && there.equals(sent.subList(0, there.size())) ? there.size() : 0;
    }

    /** The way the two reach each other, if both say the same. */
    ContactPath path() {
        ContactPath path = only(alice).path();
        return path == only(bob).path() ? path : ContactPath.OFFLINE;
    }

    /** Milliseconds from sending to the acknowledgement of the receiver's commit, below which {@code percent} of all stayed. */
    double latencyMillis(int percent) {
        List<Duration> sorted = new ArrayList<>(latencies);
        Collections.sort(sorted);
        int rank = Math.max(0, (int) Math.ceil(percent * sorted.size() / 100.0) - 1);
        return Math.round(sorted.get(rank).toNanos() / 1e4) / 100.0;
    }

    private void say(DemoNode speaker, Contact to, String text, Transcript transcript) {
        Messenger messenger = speaker.messenger();
        long before = Waiting.result(messenger.status()).lastSequence();
        Duration start = loop.uptime();
        Message sent = Waiting.result(messenger.send(to.id(), text));
        new FeedWatch(messenger, before)
                .first(event -> delivered(event, sent), PATIENCE, "a message was not delivered");
        Duration latency = loop.uptime().minus(start);
        latencies.add(latency);
        transcript.said(speaker.name(), text, latency);
    }

    private static Optional<Message> delivered(Event event, Message sent) {
        return event instanceof Event.MessageChanged changed
                        && changed.message().id().equals(sent.id())
                        && changed.message().state() instanceof MessageState.Delivered
                ? Optional.of(changed.message())
                : Optional.empty();
    }

    private static String text(int round, int side) {
        return round < DIALOGUE.size()
                ? DIALOGUE.get(round).get(side)
                : (side == 0 ? "Alice" : "Bob") + "'s message number " + (round + 1) + " of " + ROUNDS;
    }

    private static Contact only(DemoNode node) {
        return Waiting.result(node.messenger().contacts()).get(0);
    }

    /** Who is told what was said. */
    interface Transcript {
        void said(String who, String text, Duration latency);
    }
}
