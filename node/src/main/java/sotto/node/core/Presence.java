package sotto.node.core;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.host.Host;
import sotto.libp2p.peer.Multiaddr;
import sotto.node.api.AccountId;
import sotto.node.contact.StoredContact;
import sotto.node.contact.StoredKnock;

/**
 * Our place on the network, or that we have none: a node without a network keeps what is written until one runs. Confined to the
 * node loop.
 */
final class Presence implements OwnProfile {
    private final NodeConfig config;
    private final String name;
    private final LanPolicy policy;
    private Optional<Online> online = Optional.empty();

    Presence(NodeConfig config, String name) {
        this.config = config;
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
    private record Online(Host host, Reacher reacher, Network network) {}

    /** Goes on the network, if this node is to; completes once it listens. */
    CompletionStage<Boolean> start(Surroundings.Hosts hosts, Services services, Knocker knocker) {
        if (!config.isNetworked()) {
            return CompletableFuture.completedFuture(false);
        }
        Host host = hosts.make(config, policy);
        Recogniser recogniser = new Recogniser(services.parts(), services.contacts(), services.exchanges());
        Reacher reacher =
                new Reacher(services.parts(), host, services.exchanges(), recogniser, knocker, services.links());
        Network network = new Network(services.parts(), host, recogniser, services.links(), reacher);
        online = Optional.of(new Online(host, reacher, network));
        Intake intake = new Intake(services.parts(), services.contacts(), reacher::pursue);
        return network.start(
                        services.exchanges(), new Network.Services(new ServedRecords(services.parts(), this), intake))
                .thenApply(bound -> true);
    }

    void close() {
        online.ifPresent(present -> present.network.close());
    }

    boolean isNetworked() {
        return config.isNetworked();
    }

    Optional<Host> host() {
        return online.map(Online::host);
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
