package sotto.node.core;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.peer.Multiaddr;
import sotto.node.api.AccountId;
import sotto.node.api.Contact;
import sotto.node.api.ContactRequest;
import sotto.node.api.DisplayName;
import sotto.node.api.Explanation;
import sotto.node.api.Knock;
import sotto.node.contact.StoredContact;
import sotto.node.contact.StoredKnock;

/** The commands of the API on contacts, and on knocks that are to make some. Confined to the node loop. */
final class ContactCommands {
    private final Parts parts;
    private final Contacts contacts;
    private final Knocker knocker;
    private final Correspondence correspondence;
    private final Links links;
    private final Presence presence;
    private final Views views;

    ContactCommands(Presence.Services services, Knocker knocker, Presence presence, Views views) {
        this.parts = services.parts();
        this.contacts = services.contacts();
        this.correspondence = services.correspondence();
        this.links = services.links();
        this.knocker = knocker;
        this.presence = presence;
        this.views = views;
    }

    CompletionStage<Knock> add(ContactRequest request) {
        return knocker.queue(request).thenApply(knock -> {
            presence.pursue(knock);
            return view(knock);
        });
    }

    List<Knock> knocks() {
        return parts.books().knocks().all().stream().map(ContactCommands::view).toList();
    }

    private static Knock view(StoredKnock knock) {
        List<String> hints =
                knock.wish().hints().stream().map(Multiaddr::toString).toList();
        return new Knock(knock.id(), hints, knock.since(), knock.expiresAt());
    }

    List<Contact> all() {
        return parts.books().contacts().all().stream()
                .sorted(Comparator.comparing(
                        (StoredContact contact) -> contact.names().local()))
                .map(views::contact)
                .toList();
    }

    Contact find(String word) {
        return views.contact(contacts.find(word));
    }

    CompletionStage<Contact> markVerified(AccountId id, boolean isVerified) {
        return contacts.change(contacts.get(id).verified(isVerified)).thenApply(views::contact);
    }

    CompletionStage<Contact> rename(AccountId id, DisplayName name) {
        return contacts.rename(contacts.get(id), name).thenApply(views::contact);
    }

    CompletionStage<Contact> setBlocked(AccountId id, boolean isBlocked) {
        StoredContact contact = contacts.get(id);
        CompletionStage<StoredContact> changed = contacts.change(contact.blocked(isBlocked));
        if (isBlocked) {
            links.close(contact.number());
        }
        return changed.thenApply(stored -> {
            presence.contactsChanged();
            presence.pursue(stored);
            return views.contact(stored);
        });
    }

    CompletionStage<Void> remove(AccountId id) {
        StoredContact contact = contacts.get(id);
        CompletionStage<StoredContact> removed = contacts.remove(contact);
        // In the same turn of the loop, so that nothing more of this contact is taken in.
        links.close(contact.number());
        presence.contactsChanged();
        return removed.thenAccept(gone -> {});
    }

    Explanation why(AccountId id) {
        StoredContact contact = contacts.get(id);
        int waiting = correspondence.waiting(contact.number());
        boolean isPursued = presence.isPursued(id);
        return new Why(contact, links.path(contact.number()), waiting, presence.isNetworked(), isPursued).explain();
    }
}
