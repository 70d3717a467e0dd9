package sotto.tui.model;

import java.util.Optional;
import sotto.node.api.AccountId;
import sotto.node.api.DisplayName;
import sotto.node.api.HistoryPage;
import sotto.node.api.Passphrase;

/** Something that a state wants done outside. Its outcome comes back as a {@link Signal}. */
public sealed interface Effect {
    record LoadStatus() implements Effect {}

    /** {@code passphrase} is wiped by whoever does this. */
    record Create(DisplayName name, Passphrase passphrase) implements Effect {}

    /** {@code passphrase} is wiped by whoever does this. */
    record Unlock(Passphrase passphrase) implements Effect {}

    /** Estimates a passphrase, which is wiped by whoever does this. {@code edition} tells the answers apart. */
    record MeasureStrength(Passphrase passphrase, int edition) implements Effect {}

    record Subscribe(long since) implements Effect {}

    record LoadConversations() implements Effect {}

    /** Our own that are under way. */
    record LoadKnocks() implements Effect {}

    record LoadHistory(AccountId contact, HistoryPage page) implements Effect {}

    record Send(AccountId contact, String text) implements Effect {
        @Override
        public String typed() {
            return (text.startsWith("/") ? "/" : "") + text;
        }

        @Override
        public Optional<AccountId> about() {
            return Optional.of(contact);
        }
    }

    record MarkRead(AccountId contact) implements Effect {}

    record Invite(String label) implements Effect {
        @Override
        public String typed() {
            return ("/invite " + label).strip();
        }
    }

    record ListInvitations() implements Effect {
        @Override
        public String typed() {
            return "/invites";
        }
    }

    record AddContact(String code) implements Effect {
        @Override
        public String typed() {
            return "/add " + code;
        }
    }

    record MarkVerified(AccountId contact, boolean isVerified) implements Effect {
        @Override
        public String typed() {
            return isVerified ? "/verify" : "/unverify";
        }

        @Override
        public Optional<AccountId> about() {
            return Optional.of(contact);
        }
    }

    record Rename(AccountId contact, DisplayName name) implements Effect {
        @Override
        public String typed() {
            return "/rename " + name;
        }

        @Override
        public Optional<AccountId> about() {
            return Optional.of(contact);
        }
    }

    record SetBlocked(AccountId contact, boolean isBlocked) implements Effect {
        @Override
        public String typed() {
            return isBlocked ? "/block" : "/unblock";
        }

        @Override
        public Optional<AccountId> about() {
            return Optional.of(contact);
        }
    }

    /** Forgets a contact with all that was said. {@code name} is what it is called here. */
    record RemoveContact(AccountId contact, DisplayName name) implements Effect {
        @Override
        public String typed() {
            return "/remove " + name;
        }
    }

    record AskWhy(AccountId contact) implements Effect {
        @Override
        public String typed() {
            return "/why";
        }

        @Override
        public Optional<AccountId> about() {
            return Optional.of(contact);
        }
    }

    /** Paints everything again, in case something else wrote to the terminal. */
    record Repaint() implements Effect {}

    /** Gives the terminal back until the shell continues this program. */
    record Suspend() implements Effect {}

    /** What somebody types to have this done, so that they get it back if it fails; empty for what nobody typed. */
    default String typed() {
        return "";
    }

    /** The contact whose conversation it was typed in, where it belongs to one. */
    default Optional<AccountId> about() {
        return Optional.empty();
    }

    /** Does this effect the way {@code doer} does it. */
    default void doneBy(Doer doer) {
        if (this instanceof LoadStatus) {
            doer.loadStatus();
        } else if (this instanceof Create effect) {
            doer.create(effect);
        } else if (this instanceof Unlock effect) {
            doer.unlock(effect);
        } else if (this instanceof MeasureStrength effect) {
            doer.measureStrength(effect);
        } else if (this instanceof Subscribe effect) {
            doer.subscribe(effect);
        } else if (this instanceof LoadConversations) {
            doer.loadConversations();
        } else if (this instanceof LoadKnocks) {
            doer.loadKnocks();
        } else if (this instanceof LoadHistory effect) {
            doer.loadHistory(effect);
        } else if (this instanceof Send effect) {
            doer.send(effect);
        } else if (this instanceof MarkRead effect) {
            doer.markRead(effect);
        } else if (this instanceof Invite effect) {
            doer.invite(effect);
        } else if (this instanceof ListInvitations) {
            doer.listInvitations();
        } else if (this instanceof AddContact effect) {
            doer.addContact(effect);
        } else if (this instanceof MarkVerified effect) {
            doer.markVerified(effect);
        } else if (this instanceof Rename effect) {
            doer.rename(effect);
        } else if (this instanceof SetBlocked effect) {
            doer.setBlocked(effect);
        } else if (this instanceof RemoveContact effect) {
            doer.removeContact(effect);
        } else if (this instanceof AskWhy effect) {
            doer.askWhy(effect);
        } else if (this instanceof Repaint) {
            doer.repaint();
        } else {
            doer.suspend();
        }
    }

    /** Whoever can do all effects. */
    interface Doer {
        void loadStatus();

        void create(Create effect);

        void unlock(Unlock effect);

        void measureStrength(MeasureStrength effect);

        void subscribe(Subscribe effect);

        void loadConversations();

        void loadKnocks();

        void loadHistory(LoadHistory effect);

        void send(Send effect);

        void markRead(MarkRead effect);

        void invite(Invite effect);

        void listInvitations();

        void addContact(AddContact effect);

        void markVerified(MarkVerified effect);

        void rename(Rename effect);

        void setBlocked(SetBlocked effect);

        void removeContact(RemoveContact effect);

        void askWhy(AskWhy effect);

        void repaint();

        void suspend();
    }
}
