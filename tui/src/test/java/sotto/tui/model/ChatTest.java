package sotto.tui.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sotto.node.api.AccountId;
import sotto.node.api.ApiError;
import sotto.node.api.Contact;
import sotto.node.api.ContactPath;
import sotto.node.api.Conversation;
import sotto.node.api.DisplayName;
import sotto.node.api.Event;
import sotto.node.api.FeedEvent;
import sotto.node.api.Knock;
import sotto.node.api.Message;
import sotto.node.api.MessageId;
import sotto.node.api.MessageState;
import sotto.node.api.SafeText;
import sotto.node.api.Status;

/** Proves what the main screen does with keys, events and answers. */
final class ChatTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Key ENTER = new Key.Press(Key.Name.ENTER);
    private static final AccountId BOB = id(2);
    private static final AccountId CAROL = id(3);
    private static final Status OPEN =
            new Status(Status.Life.OPEN, "", Optional.empty(), List.of(), 0, 0, 0, false, 0, "", 7);

    private Step step = Chat.opened(OPEN).then();

    private static AccountId id(int number) {
        return new AccountId(String.format("%064x", number));
    }

    private static Contact contact(AccountId id, String name, String... lookalikes) {
        DisplayName shown = DisplayName.of(name);
        List<DisplayName> alike = Arrays.stream(lookalikes).map(DisplayName::of).toList();
        return new Contact(id, shown, shown, "", false, false, ContactPath.DIRECT, alike, "1".repeat(60), NOON);
    }

    private static Message message(AccountId contact, int position, boolean isMine, MessageState state) {
        MessageId id = new MessageId(contact.hex().substring(60) + String.format("%028x", position));
        return new Message(
                id,
                contact,
                position,
                isMine,
                new SafeText("text " + position),
                state,
                NOON.plusSeconds(position),
                isMine);
    }

    private static Message received(AccountId contact, int position) {
        return message(contact, position, false, new MessageState.Delivered(NOON));
    }

    private static List<Message> received(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> received(BOB, i)).toList();
    }

    private Chat chat() {
        return assertInstanceOf(Chat.class, step.state());
    }

    private Talk talk() {
        return chat().talk().orElseThrow();
    }

    private String notice() {
        return chat().notice().map(Notice::text).orElse("");
    }

    private ChatTest on(Signal signal) {
        step = Update.update(step.state(), signal);
        return this;
    }

    private ChatTest on(Event event) {
        return on(new Signal.FeedCame(new FeedEvent(8, NOON, event)));
    }

    private ChatTest type(Object... keys) {
        for (Object key : keys) {
            on(new Signal.Typed(key instanceof Key k ? k : new Key.Text((String) key)));
        }
        return this;
    }

    private ChatTest withBobAndCarol() {
        Conversation bob = new Conversation(contact(BOB, "Bob"), Optional.of(received(BOB, 5)), 0);
        Conversation carol = new Conversation(contact(CAROL, "Carol"), Optional.empty(), 0);
        on(new Signal.ConversationsCame(List.of(carol, bob)));
        return on(new Signal.HistoryCame(BOB, received(1, 5), false));
    }

    @Test
    void opensTheLatestConversationAndAsksForItsNewestPage() {
        Conversation bob = new Conversation(contact(BOB, "Bob"), Optional.of(received(BOB, 5)), 2);
        on(new Signal.ConversationsCame(List.of(new Conversation(contact(CAROL, "Carol"), Optional.empty(), 0), bob)));
        assertEquals(BOB, talk().contact());
        assertEquals(List.of(Opening.newest(BOB), new Effect.MarkRead(BOB)), step.effects());
    }

    @Test
    void enterSendsAndClearsTheLine() {
        withBobAndCarol().type("hello", ENTER);
        assertEquals(List.of(new Effect.Send(BOB, "hello")), step.effects());
        assertTrue(chat().input().isEmpty());
    }

    @Test
    void aTextThatCouldNotBeSentComesBack() {
        withBobAndCarol().type("hello", ENTER);
        on(new Signal.Failed(new Effect.Send(BOB, "hello"), new ApiError.Failed("the disk is full")));
        assertEquals("hello", chat().input().text());
        assertEquals("The disk is full.", notice());
    }

    @Test
    void aTextThatCouldNotBeSentComesBackToItsOwnConversation() {
        withBobAndCarol().type("/etc/hosts", Key.control('u'), "//etc/hosts", ENTER, Key.control('n'));
        on(new Signal.Failed(new Effect.Send(BOB, "/etc/hosts"), new ApiError.Failed("the disk is full")));
        assertTrue(chat().input().isEmpty(), "this is Carol's");
        assertEquals("//etc/hosts", type(Key.control('p')).chat().input().text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/add hello", "/invite for Dave", "/rename Robert", "/block", "/why", "/invites", "/unverify"})
    void aCommandThatFailedComesBackToBeMended(String command) {
        withBobAndCarol().type(command, ENTER);
        assertTrue(chat().input().isEmpty());
        on(new Signal.Failed(step.effects().get(0), new ApiError.BadCode("this is no code")));
        assertEquals(command, chat().input().text());
        assertEquals("This is no code.", notice());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/rename Robert", "/block", "/unblock", "/unverify", "/why"})
    void aCommandThatFailedForOneContactIsNotOfferedForAnother(String command) {
        withBobAndCarol().type(command, ENTER);
        Effect failing = step.effects().get(0);
        type(Key.control('n'));
        on(new Signal.Failed(failing, new ApiError.Failed("the disk is full")));
        assertTrue(chat().input().isEmpty(), "this is Carol's");
        assertEquals(command, type(Key.control('p')).chat().input().text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/add", "/rename", "/verfiy", "/verify", "/remove", "/remove nobody"})
    void aCommandThatIsRefusedStaysInTheLine(String command) {
        type(command, ENTER);
        assertEquals(List.of(), step.effects());
        assertEquals(command, chat().input().text());
        assertEquals(Notice.Kind.WARNING, chat().notice().orElseThrow().kind());
    }

    @Test
    void whatWasWrittenMeanwhileIsNotReplacedByAFailedCommand() {
        withBobAndCarol().type("/add hello", ENTER, "next");
        on(new Signal.Failed(new Effect.AddContact("hello"), new ApiError.BadCode("this is no code")));
        assertEquals("next", chat().input().text());
    }

    @Test
    void tooLongATextStaysInTheLine() {
        withBobAndCarol().type(new Key.Paste("\u00e9".repeat(40_000), false), ENTER);
        assertEquals(List.of(), step.effects());
        assertEquals(40_000, chat().input().text().length());
        assertTrue(notice().contains("14464 bytes"), notice());
    }

    @Test
    void aMessageGoesThroughItsStatesInPlace() {
        withBobAndCarol();
        Message queued = message(BOB, 6, true, new MessageState.Queued());
        on(new Signal.Sent(queued)).on(new Event.MessageStored(queued));
        assertEquals(6, talk().messages().size());
        on(new Event.MessageChanged(message(BOB, 6, true, new MessageState.Delivered(NOON))));
        assertEquals("delivered", talk().messages().get(5).state().word());
        assertEquals(6, talk().messages().size());
    }

    @Test
    void whatArrivesInTheOpenConversationIsReadAndElsewhereIsCounted() {
        withBobAndCarol().on(new Event.MessageStored(received(BOB, 6)));
        assertEquals(List.of(new Effect.MarkRead(BOB)), step.effects());
        on(new Event.MessageStored(received(CAROL, 1)));
        assertEquals(List.of(), step.effects());
        assertEquals(1, chat().conversation(CAROL).orElseThrow().unread());
    }

    @Test
    void anEventThatRepeatsWhatIsKnownCountsNothingTwice() {
        withBobAndCarol()
                .on(new Event.MessageStored(received(CAROL, 1)))
                .on(new Event.MessageStored(received(CAROL, 1)));
        assertEquals(1, chat().conversation(CAROL).orElseThrow().unread());
    }

    @Test
    void whoReadsOlderMessagesDoesNotMarkNewOnesRead() {
        withBobAndCarol();
        on(new Signal.Settled(new Scroll(3, 0, 0, 0), false, 0)).on(new Event.MessageStored(received(BOB, 6)));
        assertEquals(List.of(), step.effects());
    }

    @Test
    void tabGoesToWhatIsUnreadAndMarksItRead() {
        withBobAndCarol().on(new Event.MessageStored(received(CAROL, 1))).type(new Key.Press(Key.Name.TAB));
        assertEquals(CAROL, talk().contact());
        assertTrue(step.effects().contains(new Effect.MarkRead(CAROL)));
    }

    @Test
    void whatOneWasWritingWaitsInItsConversation() {
        withBobAndCarol().type("for bob", Key.control('n'), "for carol", Key.control('p'));
        assertEquals("for bob", chat().input().text());
        assertEquals("for carol", type(Key.control('n')).chat().input().text());
    }

    @Test
    void scrollingToTheTopAsksForOlderMessagesOnce() {
        withBobAndCarol().on(new Signal.HistoryCame(BOB, received(101, 200), true));
        Signal atTop = new Signal.Settled(new Scroll(120, 0, 0, 0), true, 0);
        on(atTop);
        assertEquals(1, step.effects().size());
        Effect.LoadHistory load =
                assertInstanceOf(Effect.LoadHistory.class, step.effects().get(0));
        assertEquals(1, load.page().before());
        assertEquals(List.of(), on(atTop).step.effects());
    }

    @Test
    void scrollbackIsBoundedAndTheNewestComeBack() {
        withBobAndCarol();
        int last = Talk.MESSAGES_MAX + 50;
        on(new Signal.HistoryCame(BOB, received(1_000, last + 1_000), true));
        assertEquals(Talk.MESSAGES_MAX, talk().messages().size());
        assertTrue(talk().hasNewer());
        on(new Signal.Settled(Scroll.NEWEST, false, 0));
        assertEquals(List.of(Opening.newest(BOB)), step.effects());
        assertFalse(talk().hasNewer());
    }

    @Test
    void whoFollowsTheNewestKeepsABoundedNumber() {
        withBobAndCarol();
        for (int i = 6; i <= Talk.MESSAGES_MAX + 10; i++) {
            on(new Event.MessageStored(received(BOB, i)));
        }
        assertTrue(talk().messages().size() <= Talk.MESSAGES_MAX);
        assertTrue(talk().hasOlder());
        assertEquals(
                Talk.MESSAGES_MAX + 10,
                talk().messages().get(talk().messages().size() - 1).position());
    }

    @Test
    void aChangeOfAMessageThatIsNotLoadedLeavesNoGap() {
        withBobAndCarol().on(new Signal.HistoryCame(BOB, List.of(), true));
        on(new Event.MessageChanged(message(BOB, 0, true, new MessageState.Delivered(NOON))));
        assertEquals(5, talk().messages().size());
    }

    @Test
    void theFirstUnverifiedContactIsExplainedOnce() {
        withBobAndCarol();
        assertTrue(notice().contains("Bob is not verified"), notice());
        type(new Key.Press(Key.Name.ESCAPE), Key.control('n'));
        assertEquals("", notice());
    }

    @Test
    void theTipToVerifyGoesWhenSomebodyDidElsewhereToo() {
        withBobAndCarol().on(new Event.ContactChanged(verified(contact(CAROL, "Carol"))));
        assertTrue(notice().contains("Bob is not verified"), "that was about Carol");
        on(new Event.ContactChanged(verified(contact(BOB, "Bob"))));
        assertEquals("", notice());
        assertTrue(chat().partner().orElseThrow().isVerified());
    }

    private static Contact verified(Contact c) {
        return new Contact(
                c.id(), c.name(), c.announcedName(), "", true, false, c.path(), List.of(), c.safetyNumber(), NOON);
    }

    @Test
    void aNameLikeAnothersIsWarnedAboutWhenItIsOpened() {
        withBobAndCarol();
        on(new Event.ContactAdded(contact(id(4), "B\u043eb", "Bob")));
        assertTrue(notice().contains("looks like your contact"), notice());
        type(new Key.Press(Key.Name.ESCAPE), Key.control('p'));
        while (!talk().contact().equals(id(4))) {
            type(Key.control('n'));
        }
        assertTrue(notice().contains("looks like your contact \u201cBob\u201d"), notice());
        assertEquals(Notice.Kind.WARNING, chat().notice().orElseThrow().kind());
    }

    @Test
    void onlyAPlainYesVerifies() {
        withBobAndCarol().type("/verify", ENTER);
        assertTrue(chat().panel().isPresent());
        assertEquals(List.of(), type("x", ENTER).step.effects());
        type("/verify", ENTER, "y");
        assertEquals(List.of(new Effect.MarkVerified(BOB, true)), step.effects());
    }

    @Test
    void commandsDoWhatTheySay() {
        withBobAndCarol();
        assertEquals(
                List.of(new Effect.Invite("for Dave")),
                type("/invite for Dave", ENTER).step.effects());
        assertEquals(
                List.of(new Effect.AddContact("sotto:abc?via=/ip4/1.2.3.4/tcp/5")),
                type("/add sotto:abc?via=/ip4/1.2.3.4/tcp/5", ENTER).step.effects());
        assertTrue(notice().contains("/ip4/1.2.3.4/tcp/5"), "told before it is dialled");
        assertEquals(
                List.of(new Effect.Rename(BOB, DisplayName.of("Robert"))),
                type("/rename Robert", ENTER).step.effects());
        assertEquals(
                List.of(new Effect.SetBlocked(BOB, true)),
                type("/block", ENTER).step.effects());
        assertEquals(List.of(new Effect.AskWhy(BOB)), type("/why", ENTER).step.effects());
        assertEquals(AppState.Left.wished(), type("/quit", ENTER).step.state());
    }

    @Test
    void aMistypedCommandIsNotSentToAnybody() {
        withBobAndCarol().type("/verfiy", ENTER);
        assertEquals(List.of(), step.effects());
        assertTrue(notice().contains("/verfiy"), notice());
        assertEquals(
                List.of(new Effect.Send(BOB, "/etc/hosts")),
                type(Key.control('u'), "//etc/hosts", ENTER).step.effects());
    }

    @Test
    void aCodePastedWhereNobodyIsYetIsUsed() {
        type(new Key.Paste("sotto:abc", false), ENTER);
        assertEquals(List.of(new Effect.AddContact("sotto:abc")), step.effects());
    }

    @Test
    void aKnockThatSucceedsOpensTheConversation() {
        on(new Event.KnockSettled("k", Optional.of(contact(BOB, "Bob")), ""));
        assertEquals(BOB, talk().contact());
        on(new Event.KnockSettled("k", Optional.empty(), "nobody answered"));
        assertEquals("The knock did not succeed: nobody answered.", notice());
    }

    @Test
    void aCodeOfAContactIsGoodNews() {
        on(new Event.KnockSettled("k", Optional.of(contact(BOB, "Bob")), "you are contacts already"));
        assertEquals(BOB, talk().contact());
        assertEquals("You are contacts already.", notice());
    }

    @Test
    void ctrlCEmptiesADraftBeforeItLeaves() {
        type("half a thought", Key.control('c'));
        assertTrue(chat().input().isEmpty());
        type(Key.control('c'));
        assertEquals(AppState.Left.wished(), step.state());
    }

    @Test
    void aRemovedContactTakesItsConversationAlong() {
        withBobAndCarol().on(new Event.ContactRemoved(BOB));
        assertTrue(chat().conversation(BOB).isEmpty());
        assertEquals(CAROL, talk().contact());
        assertEquals("Removed Bob, with all that was said.", notice());
        // Told twice, as the answer and as the event.
        type(new Key.Press(Key.Name.ESCAPE)).on(new Event.ContactRemoved(BOB));
        assertEquals("", notice());
        on(new Event.ContactRemoved(CAROL));
        assertTrue(chat().talk().isEmpty());
    }

    @Test
    void removingAsksOnceAndOnlyAPlainYesRemoves() {
        withBobAndCarol().type("/remove carol", ENTER);
        assertEquals("Remove Carol", chat().panel().orElseThrow().title());
        assertEquals(List.of(), type("x", "n").step.effects());
        assertTrue(chat().panel().isEmpty());
        type("/remove carol", ENTER, "y");
        assertEquals(List.of(new Effect.RemoveContact(CAROL, DisplayName.of("Carol"))), step.effects());
        assertTrue(chat().panel().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/help", "/requests", "/safety", "/verify", "/remove Bob"})
    void escapeLeavesWhatACommandOpenedAndDoesNothing(String command) {
        withBobAndCarol().type(command, ENTER);
        assertTrue(chat().panel().isPresent());
        assertEquals(List.of(), type(new Key.Press(Key.Name.ESCAPE)).step.effects());
        assertTrue(chat().panel().isEmpty());
        assertEquals("here again", type("here again").chat().input().text());
    }

    private static Knock knock(String id) {
        return new Knock(id, List.of("/ip4/203.0.113.7/tcp/4001"), NOON, NOON.plusSeconds(86_400));
    }

    @Test
    void aKnockWaitsUntilItEnds() {
        on(new Signal.KnockQueued(knock("k")));
        assertEquals(List.of(new Effect.LoadKnocks()), step.effects());
        on(new Signal.KnocksCame(List.of(knock("j"), knock("k"))));
        on(new Event.KnockSettled("k", Optional.empty(), "it was refused"));
        assertEquals(List.of(knock("j")), chat().knocks());
        on(new Event.KnockSettled("j", Optional.of(contact(BOB, "Bob")), ""));
        assertEquals(List.of(), chat().knocks());
    }

    @Test
    void requestsSaysWhereEachKnockIsAskedFor() {
        on(new Signal.KnocksCame(List.of(knock("k")))).type("/requests", ENTER);
        String said = chat().panel().orElseThrow().paragraphs().toString();
        assertTrue(said.contains("/ip4/203.0.113.7/tcp/4001") && said.contains("24 November"), said);
    }

    @Test
    void knocksThatCouldNotBeAskedForAreNoNews() {
        on(new Signal.KnocksCame(List.of(knock("k"))));
        on(new Signal.Failed(new Effect.LoadKnocks(), new ApiError.TimedOut("the node is slow")));
        assertEquals("", notice());
        assertEquals(1, chat().knocks().size());
    }

    @Test
    void whenTheFeedEndsTheNodeIsAskedAndTheFeedTakenUpWhereItStopped() {
        withBobAndCarol().on(new Event.FeedEnded("too slow"));
        assertTrue(step.effects().contains(new Effect.Subscribe(8)));
        on(new Signal.Failed(new Effect.LoadStatus(), new ApiError.NodeGone()));
        assertEquals(AppState.Left.because(new ApiError.NodeGone()), step.state());
    }

    @Test
    void aLockedNodeShowsTheLockedScreen() {
        withBobAndCarol();
        on(new Signal.StatusCame(
                new Status(Status.Life.LOCKED, "", Optional.empty(), List.of(), 0, 0, 0, false, 0, "", 9)));
        assertInstanceOf(Locked.class, step.state());
    }
}
