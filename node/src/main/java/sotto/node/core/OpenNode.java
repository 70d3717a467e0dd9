package sotto.node.core;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.host.Host;
import sotto.node.api.ContactPath;
import sotto.node.api.Invitation;
import sotto.node.api.Status;
import sotto.node.contact.ContactNumber;
import sotto.node.contact.StoredInvitation;
import sotto.node.identity.Account;
import sotto.node.vault.Vault;

/** A node whose vault is open: every part of it, wired. Lives from unlock to lock. Confined to the node loop. */
final class OpenNode {
    private final NodeConfig config;
    private final AccountRow self;
    private final Vault vault;
    private final Parts parts;
    private final Presence presence;
    private final Presence.Services services;
    private final Knocker knocker;
    private final Housekeeping housekeeping;
    private final InvitationCommands invitations;
    private final ContactCommands contacts;
    private final MessageCommands messages;

    OpenNode(NodeConfig config, Surroundings surroundings, Vault vault) {
        this.config = config;
        this.vault = vault;
        Store store = new Store(vault);
        this.self = store.read(tables -> AccountRow.read(surroundings.crypto(), tables));
        Books books = store.read(tables -> Books.read(surroundings.crypto(), surroundings.limits(), tables));
        Views views = new Views(store, books, surroundings.loop().clock(), this::path, this::publication);
        Feed feed = new Feed(
                vault, surroundings.loop(), views, surroundings.limits().eventsKeptMax());
        this.parts = new Parts(
                store, feed, books, surroundings.crypto(), surroundings.loop(), self.account(), surroundings.limits());
        this.presence = new Presence(config, parts.loop(), self.name().toString());
        Erasure erasure = new Erasure(store);
        this.services = services(parts, presence, erasure);
        this.knocker = new Knocker(parts, services.exchanges(), presence);
        this.housekeeping = new Housekeeping(parts, services.invitations(), erasure);
        this.invitations = new InvitationCommands(parts, services.invitations(), views, presence);
        this.contacts = new ContactCommands(services, knocker, presence, views);
        this.messages = new MessageCommands(services, presence, views);
    }

    private static Presence.Services services(Parts parts, OwnProfile profile, Erasure erasure) {
        Correspondence correspondence = new Correspondence(
                parts.store(), parts.feed(), parts.loop(), parts.books().conversations());
        Contacts contacts = new Contacts(parts, correspondence, erasure);
        return new Presence.Services(
                parts,
                contacts,
                new Invitations(parts, erasure),
                correspondence,
                new Exchanges(parts.loop()),
                new Links(parts, contacts, correspondence, profile::message));
    }

    /** Goes on the network, if this node is to; completes once it listens. */
    CompletionStage<Boolean> start(Surroundings.Hosts hosts) {
        housekeeping.start();
        return presence.start(hosts, services, knocker);
    }

    /** Tells everybody why, leaves the network, makes everything durable and wipes the keys. */
    void close(String reason) {
        Account account = self.account();
        Books books = parts.books();
        // Closed from right to left, each whatever the others throw: no failure may leave the vault locked or a key
        // unwiped.
        try (account;
                books;
                vault) {
            parts.feed().end(reason);
            housekeeping.stop();
            services.exchanges().stop();
            services.links().stop();
            presence.close();
        }
    }

    Feed feed() {
        return parts.feed();
    }

    Vault vault() {
        return vault;
    }

    InvitationCommands invitations() {
        return invitations;
    }

    ContactCommands contacts() {
        return contacts;
    }

    MessageCommands messages() {
        return messages;
    }

    Status status() {
        Optional<Host> host = presence.host();
        return new Status(
                Status.Life.OPEN,
                Version.NAME,
                Optional.of(new Status.Account(self.name(), parts.own())),
                host.map(OpenNode::fullAddresses).orElse(List.of()),
                host.map(open -> open.connections().size()).orElse(0),
                presence.directoryServers(),
                waiting(),
                config.isLanOnly(),
                presence.refused(),
                host.map(Host::cipherName).orElse(parts.crypto().cipherName()),
                feed().durableSequence());
    }

    private int waiting() {
        return parts.books().contacts().all().stream()
                .mapToInt(contact -> services.correspondence().waiting(contact.number()))
                .sum();
    }

    private static List<String> fullAddresses(Host host) {
        return host.listenAddresses().stream()
                .map(address -> address.withPeer(host.id()).toString())
                .toList();
    }

    private Invitation.Publication publication(StoredInvitation invitation) {
        return presence.publication(invitation);
    }

    private ContactPath path(ContactNumber contact) {
        return services.links().path(contact);
    }
}
