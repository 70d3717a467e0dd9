package sotto.node.core;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.Host;
import sotto.libp2p.peer.Multiaddr;
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
import sotto.node.api.HistoryPage;
import sotto.node.api.Invitation;
import sotto.node.api.InvitationTerms;
import sotto.node.api.Knock;
import sotto.node.api.Message;
import sotto.node.api.MessageId;
import sotto.node.api.MessageState;
import sotto.node.api.Status;
import sotto.node.contact.ContactNumber;
import sotto.node.contact.StoredContact;
import sotto.node.contact.StoredInvitation;
import sotto.node.contact.StoredKnock;
import sotto.node.vault.Vault;
import sotto.node.wire.WireLimits;

/**
 * A node whose vault is open: every part of it, wired, and the commands of the API on them. Lives from unlock to lock. Confined
 * to the node loop.
 */
final class OpenNode implements OwnProfile {
    private final NodeConfig config;
    private final AccountRow self;
    private final Vault vault;
    private final Store store;
    private final Books books;
    private final Feed feed;
    private final Views views;
    private final Parts parts;
    private final Correspondence correspondence;
    private final Contacts contacts;
    private final Invitations invitations;
    private final Knocker knocker;
    private final Exchanges exchanges;
    private final Links links;
    private final Recogniser recogniser;
    private final LanPolicy policy;
    private final Housekeeping housekeeping;
    private Optional<Host> host = Optional.empty();
    private Optional<Reacher> reacher = Optional.empty();
    private Optional<Network> network = Optional.empty();

    OpenNode(NodeConfig config, Surroundings surroundings, Vault vault, Runnable onVaultFailure) {
        this.config = config;
        this.vault = vault;
        this.store = new Store(vault, onVaultFailure);
        this.self = store.read(tables -> AccountRow.read(surroundings.crypto(), tables));
        this.books = store.read(tables -> Books.read(surroundings.crypto(), surroundings.limits(), tables));
        this.views = new Views(store, books, surroundings.loop().clock(), this::path);
        this.feed = new Feed(
                vault, surroundings.loop(), views, surroundings.limits().eventsKeptMax());
        this.parts = new Parts(store, feed, books, surroundings.crypto(), surroundings.loop(), self.account());
        this.correspondence = new Correspondence(store, feed, surroundings.loop(), books.conversations());
        Erasure erasure = new Erasure(store);
        this.contacts = new Contacts(parts, correspondence, erasure);
        this.invitations = new Invitations(parts, erasure);
        this.housekeeping = new Housekeeping(surroundings.loop(), invitations, erasure);
        this.exchanges = new Exchanges(surroundings.loop());
        this.knocker = new Knocker(parts, exchanges, this);
        this.links = new Links(parts, contacts, correspondence, this::message);
        this.recogniser = new Recogniser(parts, contacts, exchanges);
        this.policy = new LanPolicy(config.isLanOnly());
    }

    /** Goes on the network, if this node is to; completes once it listens. */
    CompletionStage<Boolean> start(Surroundings.Hosts hosts) {
        housekeeping.start();
        if (!config.isNetworked()) {
            return CompletableFuture.completedFuture(false);
        }
        Host made = hosts.make(config, policy);
        Reacher reaching = new Reacher(parts, made, exchanges, recogniser, knocker, links);
        Network networking = new Network(parts, made, recogniser, links, reaching);
        host = Optional.of(made);
        reacher = Optional.of(reaching);
        network = Optional.of(networking);
        Intake intake = new Intake(parts, contacts, reaching::pursue);
        return networking
                .start(exchanges, new Network.Services(invitations, intake, this))
                .thenApply(bound -> true);
    }

    /** Leaves the network, makes everything durable and wipes the keys. */
    void close() {
        housekeeping.stop();
        network.ifPresent(Network::close);
        vault.close();
        self.account().close();
    }

    Feed feed() {
        return feed;
    }

    Vault vault() {
        return vault;
    }

    @Override
    public String name() {
        return self.name().toString();
    }

    @Override
    public List<Multiaddr> addresses() {
        List<Multiaddr> bound = host.map(Host::listenAddresses).orElse(List.of());
        List<Multiaddr> reachable =
                bound.stream().filter(address -> !address.isLoopback()).toList();
        return reachable.isEmpty() ? bound : reachable;
    }

    Status status(String version) {
        int waiting = books.contacts().all().stream().mapToInt(this::waiting).sum();
        return new Status(
                Status.Life.OPEN,
                version,
                Optional.of(new Status.Account(self.name(), parts.own())),
                host.map(OpenNode::fullAddresses).orElse(List.of()),
                host.map(open -> open.connections().size()).orElse(0),
                waiting,
                config.isLanOnly(),
                policy.refused(),
                host.map(Host::cipherName).orElse(parts.crypto().cipherName()),
                feed.durableSequence());
    }

    private static List<String> fullAddresses(Host host) {
        return host.listenAddresses().stream()
                .map(address -> address.withPeer(host.id()).toString())
                .toList();
    }

    CompletionStage<Invitation> invite(InvitationTerms terms) {
        List<Multiaddr> hints = terms.hasHints() ? addresses().stream().limit(3).toList() : List.of();
        return invitations.invite(terms, hints).thenApply(views::invitation);
    }

    List<Invitation> invitations() {
        return books.invitations().all().stream()
                .sorted(Comparator.comparing(
                        (StoredInvitation invitation) -> invitation.terms().createdAt()))
                .map(views::invitation)
                .toList();
    }

    CompletionStage<Void> revokeInvitation(String label) {
        return invitations.revoke(label).thenAccept(revoked -> {});
    }

    CompletionStage<Knock> addContact(ContactRequest request) {
        return knocker.queue(request).thenApply(knock -> {
            reacher.ifPresent(reaching -> reaching.pursue(knock));
            return view(knock);
        });
    }

    List<Knock> knocks() {
        return books.knocks().all().stream().map(OpenNode::view).toList();
    }

    private static Knock view(StoredKnock knock) {
        List<String> hints =
                knock.wish().hints().stream().map(Multiaddr::toString).toList();
        return new Knock(knock.id(), hints, knock.since(), knock.expiresAt());
    }

    List<Contact> contacts() {
        return books.contacts().all().stream()
                .sorted(Comparator.comparing(
                        (StoredContact contact) -> contact.names().local()))
                .map(views::contact)
                .toList();
    }

    Contact findContact(String word) {
        return views.contact(contacts.find(word));
    }

    CompletionStage<Contact> markVerified(AccountId id, boolean isVerified) {
        return contacts.change(contacts.get(id).verified(isVerified)).thenApply(views::contact);
    }

    CompletionStage<Contact> renameContact(AccountId id, DisplayName name) {
        return contacts.rename(contacts.get(id), name).thenApply(views::contact);
    }

    CompletionStage<Contact> setBlocked(AccountId id, boolean isBlocked) {
        StoredContact contact = contacts.get(id);
        CompletionStage<StoredContact> changed = contacts.change(contact.blocked(isBlocked));
        if (isBlocked) {
            links.close(contact.number());
        }
        return changed.thenApply(stored -> {
            reacher.ifPresent(reaching -> reaching.pursue(stored));
            return views.contact(stored);
        });
    }

    CompletionStage<Void> removeContact(AccountId id) {
        StoredContact contact = contacts.get(id);
        CompletionStage<StoredContact> removed = contacts.remove(contact);
        // In the same turn of the loop, so that nothing more of this contact is taken in.
        links.close(contact.number());
        return removed.thenAccept(gone -> {});
    }

    CompletionStage<Message> send(AccountId id, String text) {
        int sizeBytes = Bytes.utf8(text).size();
        if (sizeBytes > WireLimits.TEXT_BYTES_MAX) {
            throw new ApiException(new ApiError.TooLong(sizeBytes, WireLimits.TEXT_BYTES_MAX));
        }
        if (text.isEmpty()) {
            throw new ApiException(new ApiError.BadArgument("there is no text to send"));
        }
        StoredContact contact = contacts.get(id);
        if (contact.isBlocked()) {
            throw new ApiException(new ApiError.NotAllowed("this contact is blocked"));
        }
        return correspondence.write(contact.number(), text).thenApply(stored -> {
            links.pump(contact.number());
            if (!links.isUp(contact.number())) {
                reacher.ifPresent(reaching -> reaching.pursue(contact));
            }
            return views.message(contact, stored);
        });
    }

    List<Message> history(AccountId id, HistoryPage page) {
        StoredContact contact = contacts.get(id);
        return store.read(tables -> books.conversations().page(tables, contact.number(), page)).stream()
                .map(stored -> views.message(contact, stored))
                .toList();
    }

    Message findMessage(MessageId id) {
        return store.read(tables -> books.conversations().find(tables, id))
                .flatMap(found ->
                        books.contacts().find(found.contact()).map(contact -> views.message(contact, found.message())))
                .orElseThrow(() -> new ApiException(new ApiError.NoSuchMessage()));
    }

    CompletionStage<Void> markRead(AccountId id) {
        StoredContact contact = contacts.get(id);
        int unread = store.read(tables -> books.conversations().unread(tables, contact.number()));
        if (unread == 0) {
            // Faces say so whenever they show something: that is no reason to wait for the disk.
            return CompletableFuture.completedFuture(null);
        }
        return store.write(transaction -> books.conversations().markRead(transaction, contact.number()))
                .thenAccept(isChanged -> {
                    if (isChanged) {
                        feed.tell(new Event.ConversationRead(id));
                    }
                });
    }

    List<Conversation> conversations() {
        Comparator<Conversation> byActivity = Comparator.comparing(conversation -> conversation
                .newest()
                .map(OpenNode::lastedUntil)
                .orElse(conversation.contact().since()));
        return books.contacts().all().stream()
                .map(views::conversation)
                .sorted(byActivity.reversed())
                .toList();
    }

    /** When a conversation was last added to, by our clock: that of the other end may say anything. */
    private static Instant lastedUntil(Message newest) {
        boolean isTheirs = !newest.isMine();
        return isTheirs && newest.state() instanceof MessageState.Delivered arrived ? arrived.at() : newest.at();
    }

    Explanation why(AccountId id) {
        StoredContact contact = contacts.get(id);
        boolean isPursued = reacher.map(reaching -> reaching.isPursued(id)).orElse(false);
        return new Why(contact, path(contact.number()), waiting(contact), config.isNetworked(), isPursued).explain();
    }

    private int waiting(StoredContact contact) {
        return Math.toIntExact(store.read(tables -> correspondence.outbox().count(tables, contact.number())));
    }

    private ContactPath path(ContactNumber contact) {
        return links.path(contact);
    }
}
