package sotto.node.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves what {@link Messenger} promises, for whichever implementation the subclass brings. */
public abstract class MessengerContract {
    private static final AccountId NOBODY = new AccountId("0".repeat(64));

    @TempDir
    Path homes;

    /** A messenger for this home, listening on loopback only: absent in a new home, locked where {@link #stop} left one. */
    protected abstract Messenger start(Path home) throws Exception;

    /** Ends the node behind the messenger, so that its home can be started again. */
    protected abstract void stop(Messenger messenger) throws Exception;

    @Test
    void isAbsentUntilItIsCreated() throws Exception {
        Messenger messenger = start(homes.resolve("alice"));
        assertEquals(Status.Life.ABSENT, done(messenger.status()).life());
        assertInstanceOf(ApiError.Absent.class, error(messenger.contacts()));
        assertInstanceOf(ApiError.Absent.class, error(messenger.unlock(passphrase("any"))));

        Status made = done(messenger.create(DisplayName.of("Alice"), passphrase("first")));
        assertEquals(Status.Life.OPEN, made.life());
        assertEquals("Alice", made.account().orElseThrow().name().toString());
        assertTrue(
                made.listen().get(0).startsWith("/ip4/127.0.0.1/tcp/"),
                made.listen().toString());
        assertInstanceOf(
                ApiError.NotAllowed.class, error(messenger.create(DisplayName.of("Mallory"), passphrase("second"))));
        assertEquals(made.account(), done(messenger.status()).account());
        stop(messenger);
    }

    @Test
    void opensWithItsPassphraseAlone() throws Exception {
        Messenger messenger = created("alice");
        assertInstanceOf(
                ApiError.WrongPassphrase.class,
                error(messenger.changePassphrase(passphrase("wrong"), passphrase("next"))));
        done(messenger.checkPassphrase(passphrase("secret")));
        done(messenger.changePassphrase(passphrase("secret"), passphrase("next")));
        assertInstanceOf(ApiError.WrongPassphrase.class, error(messenger.checkPassphrase(passphrase("secret"))));
        stop(messenger);

        Messenger again = start(homes.resolve("alice"));
        assertEquals(Status.Life.LOCKED, done(again.status()).life());
        assertInstanceOf(ApiError.Locked.class, error(again.invitations()));
        assertInstanceOf(ApiError.WrongPassphrase.class, error(again.unlock(passphrase("secret"))));
        assertEquals(Status.Life.OPEN, done(again.unlock(passphrase("next"))).life());
        assertEquals(List.of(), done(again.contacts()));
        stop(again);
    }

    @Test
    void keepsInvitations() throws Exception {
        Messenger messenger = created("alice");
        Invitation first = done(messenger.invite(new InvitationTerms("for bob", 3, Duration.ofHours(5), true)));
        Invitation second = done(messenger.invite(new InvitationTerms("", 1, Duration.ofDays(7), false)));
        assertEquals("for bob", first.label());
        assertTrue(first.code().matches("sotto:[a-z0-9]{64}\\?via=/ip4/127.0.0.1/tcp/\\d+"), first.code());
        assertEquals(Duration.ofHours(5), Duration.between(first.createdAt(), first.expiresAt()));
        assertTrue(second.code().matches("sotto:[a-z0-9]{64}"), second.code());
        assertFalse(second.label().isEmpty());
        assertInstanceOf(
                ApiError.NotAllowed.class,
                error(messenger.invite(new InvitationTerms("for bob", 1, Duration.ofDays(1), true))));

        done(messenger.revokeInvitation("for bob"));
        assertInstanceOf(ApiError.NoSuchInvitation.class, error(messenger.revokeInvitation("for carol")));
        assertEquals(
                Invitation.State.REVOKED,
                done(messenger.invitations()).stream()
                        .filter(invitation -> invitation.label().equals("for bob"))
                        .findFirst()
                        .orElseThrow()
                        .state());
        assertEquals(2, done(messenger.invitations()).size());
        stop(messenger);
    }

    @Test
    void saysWhatIsWrongWithAnArgument() throws Exception {
        Messenger messenger = created("alice");
        String own = done(messenger.invite(new InvitationTerms("", 1, Duration.ofDays(1), true)))
                .code();
        assertInstanceOf(ApiError.NotAllowed.class, error(messenger.addContact(new ContactRequest(own, "", ""))));
        String mistyped = own.replaceFirst("sotto:..", "sotto:qq");
        assertInstanceOf(ApiError.BadCode.class, error(messenger.addContact(new ContactRequest(mistyped, "", ""))));
        assertInstanceOf(ApiError.NoSuchContact.class, error(messenger.findContact("nobody")));
        assertInstanceOf(ApiError.NoSuchContact.class, error(messenger.markVerified(NOBODY, true)));
        assertInstanceOf(ApiError.NoSuchContact.class, error(messenger.removeContact(NOBODY)));
        assertInstanceOf(ApiError.NoSuchContact.class, error(messenger.send(NOBODY, "hello")));
        assertInstanceOf(ApiError.NoSuchMessage.class, error(messenger.findMessage(new MessageId("0".repeat(32)))));
        stop(messenger);
    }

    @Test
    void carriesAConversation() throws Exception {
        Messenger alice = created("alice");
        Messenger bob = created("bob");
        Listening told = new Listening(bob, 0);
        Contact bobsAlice = befriend(alice, bob, told);
        Contact alicesBob = done(alice.findContact("bob"));
        assertEquals(alicesBob.safetyNumber(), bobsAlice.safetyNumber());
        assertEquals(
                alicesBob.id(),
                done(alice.findContact(alicesBob.id().hex().substring(0, 12))).id());

        String hard = "quotes \" \\ and\nlines, ümläute, 日本, 👩‍🚀";
        Message sent = done(alice.send(alicesBob.id(), hard));
        Message received = ((Event.MessageStored) told.await(event -> event instanceof Event.MessageStored)).message();
        assertEquals(sent.id(), received.id());
        assertEquals(new SafeText(hard), received.text());
        assertEquals(1, done(bob.conversations()).get(0).unread());
        done(bob.markRead(bobsAlice.id()));
        assertEquals(0, done(bob.conversations()).get(0).unread());
        assertEquals(received.id(), done(bob.findMessage(sent.id())).id());
        assertEquals(
                1, done(bob.history(bobsAlice.id(), HistoryPage.newest(10))).size());
        assertEquals(List.of(), done(bob.history(bobsAlice.id(), new HistoryPage(received.position(), 10))));

        assertInstanceOf(ApiError.TooLong.class, error(alice.send(alicesBob.id(), "x".repeat(65_537))));
        assertInstanceOf(ApiError.BadArgument.class, error(alice.send(alicesBob.id(), "")));
        assertTrue(done(alice.markVerified(alicesBob.id(), true)).isVerified());
        assertEquals(
                "Robert",
                done(alice.renameContact(alicesBob.id(), DisplayName.of("Robert")))
                        .name()
                        .toString());
        assertTrue(done(alice.setBlocked(alicesBob.id(), true)).isBlocked());
        assertFalse(done(alice.why(alicesBob.id())).reasons().isEmpty());
        done(alice.removeContact(alicesBob.id()));
        assertEquals(List.of(), done(alice.contacts()));
        stop(alice);
        stop(bob);
    }

    @Test
    void tellsWhatIsStoredBeforeItAnswersLaterCalls() throws Exception {
        Messenger messenger = created("alice");
        for (int count = 0; count < 5; count++) {
            done(messenger.invite(new InvitationTerms("number " + count, 1, Duration.ofDays(1), false)));
        }
        Listening all = new Listening(messenger, 0);
        long newest = done(messenger.status()).lastSequence();
        List<FeedEvent> stored = List.copyOf(all.events);
        assertEquals(5, stored.size());
        assertEquals(newest, stored.get(4).sequence());
        for (int index = 1; index < stored.size(); index++) {
            assertTrue(stored.get(index - 1).sequence() < stored.get(index).sequence());
        }
        Listening rest = new Listening(messenger, stored.get(2).sequence());
        done(messenger.status());
        assertEquals(stored.subList(3, 5), List.copyOf(rest.events));
        stop(messenger);
    }

    @Test
    void tellsNothingToWhoLeft() throws Exception {
        Messenger messenger = created("alice");
        Listening left = new Listening(messenger, 0);
        Listening stays = new Listening(messenger, 0);
        left.subscription.close();
        done(messenger.status());
        done(messenger.invite(new InvitationTerms("", 1, Duration.ofDays(1), false)));
        stays.await(event -> event instanceof Event.InvitationChanged);
        assertEquals(List.of(), List.copyOf(left.events));
        stop(messenger);
    }

    @Test
    void endsItsFeedsWhenItEnds() throws Exception {
        Messenger messenger = created("alice");
        Listening told = new Listening(messenger, 0);
        done(messenger.status());
        stop(messenger);
        told.await(event -> event instanceof Event.FeedEnded);
    }

    /** Bob uses a code of Alice's; returns Alice as Bob sees her. */
    private static Contact befriend(Messenger alice, Messenger bob, Listening toldBob) throws Exception {
        Invitation invitation = done(alice.invite(new InvitationTerms("", 1, Duration.ofDays(1), true)));
        Knock knock = done(bob.addContact(new ContactRequest(invitation.code(), "ali", "")));
        Event.KnockSettled settled = (Event.KnockSettled) toldBob.await(event -> event instanceof Event.KnockSettled);
        assertEquals(knock.id(), settled.knock());
        assertEquals("ali", settled.contact().orElseThrow().name().toString());
        return settled.contact().orElseThrow();
    }

    private Messenger created(String name) throws Exception {
        Messenger messenger = start(homes.resolve(name));
        done(messenger.create(DisplayName.of(name), passphrase("secret")));
        return messenger;
    }

    private static Passphrase passphrase(String text) {
        return Passphrase.owning(text.toCharArray());
    }

    private static <T> T done(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static ApiError error(CompletionStage<?> stage) {
        ExecutionException failure = assertThrows(
                ExecutionException.class, () -> stage.toCompletableFuture().get(60, TimeUnit.SECONDS));
        return assertInstanceOf(ApiException.class, failure.getCause()).error();
    }

    /** Keeps what a feed tells. */
    private static final class Listening {
        private final BlockingQueue<FeedEvent> events = new LinkedBlockingQueue<>();
        private final Messenger.Subscription subscription;

        Listening(Messenger messenger, long since) {
            this.subscription = messenger.subscribe(since, events::add);
        }

        Event await(Predicate<Event> wanted) throws InterruptedException {
            while (true) {
                FeedEvent told = events.poll(60, TimeUnit.SECONDS);
                assertNotNull(told, "not told within a minute");
                if (wanted.test(told.event())) {
                    return told.event();
                }
            }
        }
    }
}
