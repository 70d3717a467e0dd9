package sotto.node.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.host.Host;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.EventLoop;
import sotto.node.api.AccountId;
import sotto.node.api.Invitation;
import sotto.node.contact.StoredContact;
import sotto.node.contact.StoredInvitation;
import sotto.node.contact.StoredKnock;

/**
 * Our place on the network, or that we have none: a node without a network keeps what is written until one runs. Confined to the
 * node loop.
 */
final class Presence implements OwnProfile {
    /** How long whoever made an invitation waits for the directory to have it. */
    private static final Duration PUBLISH_PATIENCE = Duration.ofSeconds(10);

    /** How long whoever makes a code waits for the ways into the directory that it can name. */
    private static final Duration JOIN_PATIENCE = Duration.ofSeconds(3);

    private final NodeConfig config;
    private final EventLoop loop;
    private final String name;
    private final LanPolicy policy;
    private Optional<Online> online = Optional.empty();

    Presence(NodeConfig config, EventLoop loop, String name) {
        this.config = config;
        this.loop = loop;
        this.name = name;
        this.policy = new LanPolicy(config.isLanOnly());
    }

    /** What goes on the network. */
    record Services(
            Parts parts,
            Contacts contacts,
            Invitations invitations,
            Correspondence correspondence,
            Exchanges exchanges,
            Links links) {}

    /** What a node has while it is on the network. */
    private record Online(
            Endpoint endpoint,
            Reacher reacher,
            Membership membership,
            Publications publications,
            Publisher publisher,
            List<Multiaddr> entryPoints,
            StoredSeenPeers seenPeers) {
        /** True if there is a directory to wait for. */
        boolean knowsDirectory() {
            return !entryPoints.isEmpty() || membership.isJoined();
        }

        void close() {
            reacher.stop();
            membership.stop();
            publisher.stop();
            seenPeers.stop();
            endpoint.close();
        }
    }

    /** Goes on the network, if this node is to; completes once it listens. */
    CompletionStage<Boolean> start(Surroundings.Hosts hosts, Services services, Knocker knocker) {
        if (!config.isNetworked()) {
            return CompletableFuture.completedFuture(false);
        }
        Parts parts = services.parts();
        Exchanges exchanges = services.exchanges();
        StoredSeenPeers seenPeers = new StoredSeenPeers(parts);
        Surroundings.WaysIn ways = new Surroundings.WaysIn(entryPoints(parts), seenPeers);
        Endpoint endpoint = hosts.make(config, policy, ways);
        Directory directory = new Directory(parts, exchanges, endpoint.routing());
        Publications publications = new Publications(parts, this);
        OwnRecords records = new OwnRecords(parts);
        Publisher publisher = new Publisher(parts, publications, records, directory, this);
        Recogniser recogniser = new Recogniser(parts, services.contacts(), exchanges);
        Membership membership = new Membership(parts.loop(), exchanges, endpoint.routing());
        Reacher reacher = new Reacher(
                services, endpoint.host(), recogniser, knocker, new Reacher.Strangers(directory, membership));
        Network network = new Network(parts, endpoint.host(), recogniser, services.links(), reacher);
        online = Optional.of(
                new Online(endpoint, reacher, membership, publications, publisher, ways.named(), seenPeers));
        Intake intake = new Intake(parts, services.contacts(), contact -> {
            publisher.refresh();
            reacher.pursue(contact);
        });
        return network.start(exchanges, new Network.Services(publications, records, intake))
                .thenApply(bound -> {
                    membership.start(() -> {
                        publisher.start();
                        reacher.start();
                    });
                    return true;
                });
    }

    /** Those that were named now, which are remembered, then those of earlier times. */
    private List<Multiaddr> entryPoints(Parts parts) {
        List<Multiaddr> all = parts.store().read(tables -> EntryPoints.latestFirst(tables, config.bootstrap()));
        if (!config.bootstrap().isEmpty()) {
            parts.store().write(transaction -> EntryPoints.name(transaction, config.bootstrap()));
        }
        return all;
    }

    void close() {
        online.ifPresent(Online::close);
    }

    /** Contacts came or went: what of ours lies in the directory does, too. */
    void contactsChanged() {
        online.ifPresent(present -> present.publisher.refresh());
    }

    /** What an invitation's record says has changed. */
    void recordChanged(StoredInvitation invitation) {
        online.ifPresent(present -> present.publisher.changed(present.publications.of(invitation)));
    }

    /** Puts the record of a new invitation where whoever gets its code will look; completes after 10 s at the latest. */
    CompletionStage<Boolean> publish(StoredInvitation invitation) {
        Optional<Online> present = online.filter(Online::knowsDirectory);
        if (present.isEmpty()) {
            return CompletableFuture.completedFuture(false);
        }
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        EventLoop.Timer timer = loop.schedule(PUBLISH_PATIENCE, () -> outcome.complete(false));
        present.get()
                .publisher
                .putNow(present.get().publications.of(invitation))
                .thenAccept(isThere -> {
                    timer.cancel();
                    outcome.complete(isThere);
                });
        return outcome;
    }

    /**
     * What the code of an invitation names: where this node is, and ways into the directory that it has joined. Completes after
     * 3 s at the latest.
     */
    CompletionStage<List<Multiaddr>> hints(Parts parts) {
        return online.filter(Online::knowsDirectory)
                .map(present -> present.membership
                        .joinedWithin(JOIN_PATIENCE)
                        .thenCompose(isIn -> isIn ? entryPoints(parts, present) : noEntryPoints()))
                .orElseGet(Presence::noEntryPoints)
                .thenApply(entryPoints -> Hints.of(addresses(), entryPoints));
    }

    private static CompletionStage<List<Multiaddr>> entryPoints(Parts parts, Online present) {
        return present.membership
                .seen()
                .thenApply(seen -> Hints.answering(
                        parts.store().read(EntryPoints::named),
                        seen,
                        parts.loop().clock().instant()));
    }

    private static CompletionStage<List<Multiaddr>> noEntryPoints() {
        return CompletableFuture.completedFuture(List.of());
    }

    /** Where an invitation's record can be found now. */
    Invitation.Publication publication(StoredInvitation invitation) {
        return online.filter(Online::knowsDirectory)
                .map(present -> present.publisher.isThere(invitation.keys().locator())
                        ? Invitation.Publication.PUBLISHED
                        : Invitation.Publication.PENDING)
                .orElse(Invitation.Publication.LOCAL);
    }

    /** How many servers of the directory are known. */
    int directoryServers() {
        return online.map(present -> present.membership.servers()).orElse(0);
    }

    boolean isNetworked() {
        return config.isNetworked();
    }

    Optional<Host> host() {
        return online.map(present -> present.endpoint.host());
    }

    /** How many addresses were not dialled because they are beyond the LAN. */
    long refused() {
        return policy.refused();
    }

    void pursue(StoredContact contact) {
        online.ifPresent(present -> present.reacher.pursue(contact));
    }

    void pursue(StoredKnock knock) {
        online.ifPresent(present -> present.reacher.pursue(knock));
    }

    /** True if a contact was tried in vain since it was last here. */
    boolean isPursued(AccountId contact) {
        return online.filter(present -> present.reacher.isPursued(contact)).isPresent();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Multiaddr> addresses() {
        List<Multiaddr> bound = host().map(Host::listenAddresses).orElse(List.of());
        List<Multiaddr> reachable =
                bound.stream().filter(address -> !address.isLoopback()).toList();
        return reachable.isEmpty() ? bound : reachable;
    }
}
