package sotto.node.api;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The messenger as its faces see it: commands, queries and a feed of events. It is absent, locked or open; all but
 * {@link #status}, {@link #create} and {@link #unlock} need it open. Every stage fails with {@link ApiException} and nothing else.
 * Thread-safe; nothing blocks.
 */
public interface Messenger extends AutoCloseable {
    /** The longest text that one message has, in UTF-8. */
    int TEXT_BYTES_MAX = 65_536;

    CompletionStage<Status> status();

    /** Makes account and vault, and opens them. {@link ApiError.NotAllowed} if there is a vault already. */
    CompletionStage<Status> create(DisplayName name, Passphrase passphrase);

    /** {@link ApiError.WrongPassphrase}, {@link ApiError.VaultDamaged} or {@link ApiError.VaultInUse} if it does not open. */
    CompletionStage<Status> unlock(Passphrase passphrase);

    /** Checks {@code current}, then replaces it and the vault's root key. */
    CompletionStage<Void> changePassphrase(Passphrase current, Passphrase next);

    /** Checks a passphrase against the vault without changing anything. */
    CompletionStage<Void> checkPassphrase(Passphrase passphrase);

    /** A new invitation, served from now on. The label must be new, or is made up where it is empty. */
    CompletionStage<Invitation> invite(InvitationTerms terms);

    CompletionStage<List<Invitation>> invitations();

    /** {@link ApiError.NoSuchInvitation} if no invitation has this label. */
    CompletionStage<Void> revokeInvitation(String label);

    /**
     * Queues a knock at whoever made the code; completes once that is durable. The outcome comes as
     * {@link Event.KnockSettled}. {@link ApiError.BadCode} for a code that cannot be one (checksum).
     */
    CompletionStage<Knock> addContact(ContactRequest request);

    /** Our own knocks that are still under way. */
    CompletionStage<List<Knock>> knocks();

    CompletionStage<List<Contact>> contacts();

    /**
     * The contact with this local name, in this case or else in any, or whose id starts with these hexadecimal digits.
     *
     * @return fails with {@link ApiError.NoSuchContact} if there is none or more than one
     */
    CompletionStage<Contact> findContact(String nameOrIdPrefix);

    /** Marks a contact verified or not. Takes an account id, so that a name cannot be verified by mistake. */
    CompletionStage<Contact> markVerified(AccountId contact, boolean isVerified);

    CompletionStage<Contact> renameContact(AccountId contact, DisplayName name);

    CompletionStage<Contact> setBlocked(AccountId contact, boolean isBlocked);

    /** Forgets the contact, the conversation and the keys shared with it, and erases them from the files; it is not told. */
    CompletionStage<Void> removeContact(AccountId contact);

    /** Queues a text of 1 to {@link #TEXT_BYTES_MAX} bytes of UTF-8; completes once that is durable. {@link ApiError.TooLong} beyond. */
    CompletionStage<Message> send(AccountId contact, String text);

    /** The newest messages before a position, oldest first. */
    CompletionStage<List<Message>> history(AccountId contact, HistoryPage page);

    CompletionStage<Message> findMessage(MessageId id);

    /** All that was received from this contact so far has been seen. */
    CompletionStage<Void> markRead(AccountId contact);

    /** One per contact, latest activity first. */
    CompletionStage<List<Conversation>> conversations();

    /** Why messages to this contact wait, in sentences for people. */
    CompletionStage<Explanation> why(AccountId contact);

    /**
     * The feed: what is stored after sequence {@code since} first (at most the last 100,000 events are kept), then everything
     * as it happens, in order, each once. {@link FeedEvent#TRANSIENT} events are only told live. The consumer is called on a
     * thread of the messenger's and must not block; a subscriber that falls too far behind is ended with {@link Event.FeedEnded}.
     */
    Subscription subscribe(long since, Consumer<FeedEvent> consumer);

    /** Leaves: closes the node if it is embedded here, only the way to it if it runs elsewhere. */
    @Override
    void close();

    /** A subscription that can be ended. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
