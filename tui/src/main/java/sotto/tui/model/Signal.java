package sotto.tui.model;

import java.util.List;
import sotto.node.api.AccountId;
import sotto.node.api.ApiError;
import sotto.node.api.Contact;
import sotto.node.api.Conversation;
import sotto.node.api.Explanation;
import sotto.node.api.FeedEvent;
import sotto.node.api.Invitation;
import sotto.node.api.Knock;
import sotto.node.api.Message;
import sotto.node.api.Status;

/** Something that reached the UI: a key, an event, the outcome of an effect. */
public sealed interface Signal {
    record Typed(Key key) implements Signal {}

    record StatusCame(Status status) implements Signal {}

    record StrengthCame(int edition, Strength strength) implements Signal {}

    record FeedCame(FeedEvent event) implements Signal {}

    record ConversationsCame(List<Conversation> conversations) implements Signal {
        public ConversationsCame {
            conversations = List.copyOf(conversations);
        }
    }

    /** A page of history, oldest first; {@code hasOlder} where it came full. */
    record HistoryCame(AccountId contact, List<Message> messages, boolean hasOlder) implements Signal {
        public HistoryCame {
            messages = List.copyOf(messages);
        }
    }

    record Sent(Message message) implements Signal {}

    record InvitationMade(Invitation invitation) implements Signal {}

    record InvitationsCame(List<Invitation> invitations) implements Signal {
        public InvitationsCame {
            invitations = List.copyOf(invitations);
        }
    }

    record KnockQueued(Knock knock) implements Signal {}

    /** Our own that are under way. */
    record KnocksCame(List<Knock> knocks) implements Signal {
        public KnocksCame {
            knocks = List.copyOf(knocks);
        }
    }

    record ContactChanged(Contact contact) implements Signal {}

    record Explained(AccountId contact, Explanation explanation) implements Signal {}

    /** {@code effect} was not done. */
    record Failed(Effect effect, ApiError error) implements Signal {}

    /** How the last painting came out: where the messages and the panel stand, and whether there is room for older messages. */
    record Settled(Scroll scroll, boolean isNearTop, int panelTop) implements Signal {}

    /** One answer per signal; {@link Cases} that do not care say so once. */
    default <T> T match(Cases<T> cases) {
        if (this instanceof Typed signal) {
            return cases.typed(signal.key());
        } else if (this instanceof StatusCame signal) {
            return cases.statusCame(signal.status());
        } else if (this instanceof StrengthCame signal) {
            return cases.strengthCame(signal);
        } else if (this instanceof FeedCame signal) {
            return cases.feedCame(signal.event());
        } else if (this instanceof ConversationsCame signal) {
            return cases.conversationsCame(signal.conversations());
        } else if (this instanceof HistoryCame signal) {
            return cases.historyCame(signal);
        } else if (this instanceof Sent signal) {
            return cases.sent(signal.message());
        } else if (this instanceof InvitationMade signal) {
            return cases.invitationMade(signal.invitation());
        } else if (this instanceof InvitationsCame signal) {
            return cases.invitationsCame(signal.invitations());
        } else if (this instanceof KnockQueued signal) {
            return cases.knockQueued(signal.knock());
        } else if (this instanceof KnocksCame signal) {
            return cases.knocksCame(signal.knocks());
        } else if (this instanceof ContactChanged signal) {
            return cases.contactChanged(signal.contact());
        } else if (this instanceof Explained signal) {
            return cases.explained(signal);
        } else if (this instanceof Settled signal) {
            return cases.settled(signal);
        }
        return cases.failed((Failed) this);
    }

    /** What a screen makes of signals. Those that only another screen waits for are {@link #ignored}. */
    interface Cases<T> {
        T typed(Key key);

        T statusCame(Status status);

        T failed(Failed signal);

        T feedCame(FeedEvent event);

        /** What came too late or for another screen. */
        T ignored();

        default T strengthCame(StrengthCame signal) {
            return ignored();
        }

        default T conversationsCame(List<Conversation> conversations) {
            return ignored();
        }

        default T historyCame(HistoryCame signal) {
            return ignored();
        }

        default T sent(Message message) {
            return ignored();
        }

        default T invitationMade(Invitation invitation) {
            return ignored();
        }

        default T invitationsCame(List<Invitation> invitations) {
            return ignored();
        }

        default T knockQueued(Knock knock) {
            return ignored();
        }

        default T knocksCame(List<Knock> knocks) {
            return ignored();
        }

        default T contactChanged(Contact contact) {
            return ignored();
        }

        default T explained(Explained signal) {
            return ignored();
        }

        default T settled(Settled signal) {
            return ignored();
        }
    }
}
