package sotto.tui.app;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import sotto.node.api.AccountId;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.Contact;
import sotto.node.api.ContactPath;
import sotto.node.api.ContactRequest;
import sotto.node.api.Conversation;
import sotto.node.api.DisplayName;
import sotto.node.api.Event;
import sotto.node.api.Explanation;
import sotto.node.api.FeedEvent;
import sotto.node.api.HistoryPage;
import sotto.node.api.Invitation;
import sotto.node.api.InvitationTerms;
import sotto.node.api.Knock;
import sotto.node.api.Message;
import sotto.node.api.MessageId;
import sotto.node.api.MessageState;
import sotto.node.api.Messenger;
import sotto.node.api.Passphrase;
import sotto.node.api.SafeText;
import sotto.node.api.Status;

/** A messenger in memory, for the UI alone: answers at once on the caller's thread, and its other people are told what to say. */
final class ScriptedMessenger implements Messenger {
    static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final String CODE = "sotto:" + "q3k7z8wd".repeat(8) + "?via=/ip4/203.0.113.7/tcp/4001";

    private final Map<AccountId, Contact> contacts = new LinkedHashMap<>();
    private final Map<AccountId, List<Message>> messages = new LinkedHashMap<>();
    private final List<Invitation> invitations = new ArrayList<>();
    private final List<Consumer<FeedEvent>> subscribers = new CopyOnWriteArrayList<>();
    private Status.Life life;
    private String passphrase = "";
    private DisplayName name = DisplayName.of("Alice");
    private long sequence;
    private int clock;

    ScriptedMessenger(Status.Life life) {
        this.life = life;
    }

    static AccountId id(int number) {
        return new AccountId(String.format("%064x", number));
    }

    private List<Message> of(AccountId contact) {
        return messages.computeIfAbsent(contact, unknown -> new ArrayList<>());
    }

    private Contact known(AccountId contact) {
        return Optional.ofNullable(contacts.get(contact)).orElseThrow();
    }

    private Instant now() {
        return NOON.plus(Duration.ofSeconds(clock++ * 20L));
    }

    private void tell(Event event) {
        FeedEvent told = new FeedEvent(++sequence, NOON, event);
        subscribers.forEach(subscriber -> subscriber.accept(told));
    }

    /** Somebody is a contact from now on. */
    Contact acquaint(int number, String contactName, ContactPath path, String... lookalikes) {
        List<DisplayName> alike =
                List.of(lookalikes).stream().map(DisplayName::of).toList();
        DisplayName local = DisplayName.of(contactName);
        Contact contact =
                new Contact(id(number), local, local, "", false, false, path, alike, "0123456789".repeat(6), now());
        contacts.put(contact.id(), contact);
        messages.put(contact.id(), new ArrayList<>());
        tell(new Event.ContactAdded(contact));
        return contact;
    }

    /** A contact writes. */
    Message receive(AccountId from, String text) {
        return store(from, text, false, new MessageState.Delivered(NOON));
    }

    private Message store(AccountId contact, String text, boolean isMine, MessageState state) {
        List<Message> stored = of(contact);
        long position = stored.size() + 1L;
        MessageId messageId = new MessageId(contact.hex().substring(48) + String.format("%016x", position));
        Message message = new Message(messageId, contact, position, isMine, new SafeText(text), state, now(), isMine);
        stored.add(message);
        tell(new Event.MessageStored(message));
        return message;
    }

    /** A message of ours gets another state. */
    void settle(Message message, MessageState state) {
        Message changed = new Message(
                message.id(), message.contact(), message.position(), true, message.text(), state, message.at(), true);
        of(message.contact()).set((int) message.position() - 1, changed);
        tell(new Event.MessageChanged(changed));
    }

    void tellAll(Event event) {
        tell(event);
    }

    private static <T> CompletionStage<T> failed(ApiError error) {
        return CompletableFuture.failedFuture(new ApiException(error));
    }

    private static <T> CompletionStage<T> done(T value) {
        return CompletableFuture.completedFuture(value);
    }

    private static CompletionStage<Void> done() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Status> status() {
        boolean isOpen = life == Status.Life.OPEN;
        int outbox = (int) messages.values().stream()
                .flatMap(List::stream)
                .filter(m -> m.state() instanceof MessageState.Queued)
                .count();
        return done(new Status(
                life,
                "0.1.0",
                isOpen ? Optional.of(new Status.Account(name, id(1))) : Optional.empty(),
                List.of(),
                isOpen ? 2 : 0,
                0,
                outbox,
                false,
                0,
                "scripted",
                sequence));
    }

    @Override
    public CompletionStage<Status> create(DisplayName newName, Passphrase chosen) {
        name = newName;
        passphrase = new String(chosen.copy());
        life = Status.Life.OPEN;
        return status();
    }

    void lockWith(String newPassphrase) {
        passphrase = newPassphrase;
        life = Status.Life.LOCKED;
        tell(new Event.LifeChanged(life));
    }

    @Override
    public CompletionStage<Status> unlock(Passphrase tried) {
        if (!passphrase.equals(new String(tried.copy()))) {
            return failed(new ApiError.WrongPassphrase());
        }
        life = Status.Life.OPEN;
        return status();
    }

    @Override
    public CompletionStage<Void> changePassphrase(Passphrase current, Passphrase next) {
        return failed(new ApiError.Failed("not scripted"));
    }

    @Override
    public CompletionStage<Void> checkPassphrase(Passphrase tried) {
        return failed(new ApiError.Failed("not scripted"));
    }

    @Override
    public CompletionStage<Invitation> invite(InvitationTerms terms) {
        Invitation invitation = new Invitation(
                terms.label().isEmpty() ? "invitation " + (invitations.size() + 1) : terms.label(),
                CODE,
                terms.uses(),
                terms.uses(),
                NOON,
                NOON.plus(terms.lifetime()),
                Invitation.State.OPEN,
                Invitation.Publication.LOCAL);
        invitations.add(invitation);
        return done(invitation);
    }

    @Override
    public CompletionStage<List<Invitation>> invitations() {
        return done(List.copyOf(invitations));
    }

    @Override
    public CompletionStage<Void> revokeInvitation(String label) {
        return failed(new ApiError.NoSuchInvitation("no invitation is called " + label));
    }

    @Override
    public CompletionStage<Knock> addContact(ContactRequest request) {
        if (!request.code().startsWith("sotto:")) {
            return failed(new ApiError.BadCode("this is no invitation code"));
        }
        Knock knock = new Knock("k", List.of("/ip4/203.0.113.7/tcp/4001"), NOON, NOON);
        Contact contact = acquaint(contacts.size() + 10, "Bob", ContactPath.DIRECT);
        tell(new Event.KnockSettled("k", Optional.of(contact), ""));
        return done(knock);
    }

    @Override
    public CompletionStage<List<Knock>> knocks() {
        return done(List.of());
    }

    @Override
    public CompletionStage<List<Contact>> contacts() {
        return done(List.copyOf(contacts.values()));
    }

    @Override
    public CompletionStage<Contact> findContact(String nameOrIdPrefix) {
        return failed(new ApiError.NoSuchContact("not scripted"));
    }

    private CompletionStage<Contact> change(Contact contact) {
        contacts.put(contact.id(), contact);
        tell(new Event.ContactChanged(contact));
        return done(contact);
    }

    @Override
    public CompletionStage<Contact> markVerified(AccountId contact, boolean isVerified) {
        Contact c = known(contact);
        return change(new Contact(
                c.id(),
                c.name(),
                c.announcedName(),
                "",
                isVerified,
                c.isBlocked(),
                c.path(),
                c.lookalikes(),
                c.safetyNumber(),
                c.since()));
    }

    @Override
    public CompletionStage<Contact> renameContact(AccountId contact, DisplayName newName) {
        Contact c = known(contact);
        return change(new Contact(
                c.id(),
                newName,
                c.announcedName(),
                "",
                c.isVerified(),
                c.isBlocked(),
                c.path(),
                c.lookalikes(),
                c.safetyNumber(),
                c.since()));
    }

    @Override
    public CompletionStage<Contact> setBlocked(AccountId contact, boolean isBlocked) {
        Contact c = known(contact);
        return change(new Contact(
                c.id(),
                c.name(),
                c.announcedName(),
                "",
                c.isVerified(),
                isBlocked,
                c.path(),
                c.lookalikes(),
                c.safetyNumber(),
                c.since()));
    }

    @Override
    public CompletionStage<Void> removeContact(AccountId contact) {
        contacts.remove(contact);
        messages.remove(contact);
        tell(new Event.ContactRemoved(contact));
        return done();
    }

    @Override
    public CompletionStage<Message> send(AccountId contact, String text) {
        return done(store(contact, text, true, new MessageState.Queued()));
    }

    @Override
    public CompletionStage<List<Message>> history(AccountId contact, HistoryPage page) {
        List<Message> before =
                of(contact).stream().filter(m -> m.position() < page.before()).toList();
        return done(before.subList(Math.max(0, before.size() - page.limit()), before.size()));
    }

    @Override
    public CompletionStage<Message> findMessage(MessageId messageId) {
        return failed(new ApiError.NoSuchMessage());
    }

    @Override
    public CompletionStage<Void> markRead(AccountId contact) {
        of(contact)
                .replaceAll(m ->
                        new Message(m.id(), m.contact(), m.position(), m.isMine(), m.text(), m.state(), m.at(), true));
        return done();
    }

    @Override
    public CompletionStage<List<Conversation>> conversations() {
        return done(contacts.values().stream()
                .map(c -> new Conversation(c, newest(c.id()), unread(c.id())))
                .toList());
    }

    private Optional<Message> newest(AccountId contact) {
        return of(contact).stream().max(Comparator.comparing(Message::position));
    }

    private int unread(AccountId contact) {
        return (int) of(contact).stream().filter(m -> !m.isRead()).count();
    }

    @Override
    public CompletionStage<Explanation> why(AccountId contact) {
        return done(new Explanation(
                ContactPath.OFFLINE,
                2,
                List.of("the last known address did not answer, 40 s ago", "the next attempt is in 80 s")));
    }

    @Override
    public Subscription subscribe(long since, Consumer<FeedEvent> consumer) {
        subscribers.add(consumer);
        return () -> subscribers.remove(consumer);
    }

    @Override
    public void close() {
        subscribers.clear();
    }
}
