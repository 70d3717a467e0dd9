package sotto.node.core;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import sotto.libp2p.RoutingBuilder;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.host.Routing;
import sotto.libp2p.kad.Kademlia;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.peer.PeerId;
import sotto.libp2p.runtime.VirtualLoop;
import sotto.libp2p.runtime.VirtualTime;
import sotto.node.api.AccountId;
import sotto.node.api.ContactRequest;
import sotto.node.api.DisplayName;
import sotto.node.api.InvitationTerms;
import sotto.node.api.Passphrase;
import sotto.node.contact.ContactBook;
import sotto.node.contact.StoredContact;
import sotto.node.directory.SealedRecordValidator;
import sotto.node.vault.Vault;
import sotto.node.vault.VaultException;

/** A person's node in a simulated world: it can crash at any moment and comes back with what its disk has. */
final class SimNode {
    private static final Crypto CRYPTO = CryptoChoice.fastest();
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final String name;
    private final VirtualTime time;
    private final SimNetwork network;
    private final Supplier<Multiaddr> address;
    private final SimDisk disk;
    private final List<SimHost> hosts = new ArrayList<>();
    private Optional<Node> node = Optional.empty();
    private Optional<VirtualLoop> loop = Optional.empty();
    private NodeLimits limits = NodeLimits.STANDARD;
    private List<Multiaddr> bootstrap = List.of();
    private Duration skew = Duration.ZERO;
    private Kademlia.Mode mode = Kademlia.Mode.CLIENT;

    /** {@code address} says where this node listens at each start. */
    SimNode(String name, VirtualTime time, SimNetwork network, Supplier<Multiaddr> address) {
        this(name, time, network, address, new SimDisk());
    }

    private SimNode(String name, VirtualTime time, SimNetwork network, Supplier<Multiaddr> address, SimDisk disk) {
        this.disk = disk;
        this.name = name;
        this.time = time;
        this.network = network;
        this.address = address;
    }

    /** From the next start on, this much is enough. */
    SimNode limitedTo(NodeLimits less) {
        limits = less;
        return this;
    }

    /** From the next start on, the wall clock of this node is wrong. */
    void setClockSkew(Duration wrong) {
        skew = wrong;
    }

    /** From the next start on, the directory is joined here. */
    SimNode joining(List<Multiaddr> servers) {
        bootstrap = servers;
        return this;
    }

    /** From the next start on, others reach this node, so it is a server of the directory itself. */
    SimNode serving() {
        mode = Kademlia.Mode.SERVER;
        return this;
    }

    Node node() {
        return node.orElseThrow();
    }

    /** Who this node is on the network at present. */
    PeerId peer() {
        return hosts.get(hosts.size() - 1).id();
    }

    /** Where this node listens at present. */
    Multiaddr address() {
        return hosts.get(hosts.size() - 1).listenAddresses().get(0);
    }

    SimDisk disk() {
        return disk;
    }

    /** The vault of a node that does not run. */
    Vault openDisk() throws VaultException {
        return disk.vaults(time.newLoop("disk")).open(passphrase(), failed -> {});
    }

    /** What its vault knew of its contacts at the last commit, pair roots and all. */
    Collection<StoredContact> contactsOnDisk() {
        try {
            Vault vault = disk.stolen().vaults(time.newLoop("reader")).open(passphrase(), failed -> {});
            return vault.read(tables -> new ContactBook(tables, limits.contactsMax()))
                    .all();
        } catch (VaultException impossible) {
            throw new AssertionError(impossible);
        }
    }

    void create() {
        Node made = boot();
        await(made.create(DisplayName.of(name), passphrase()));
    }

    /** A copy of this node as it is now, keys and all, in the hands of somebody who listens elsewhere. */
    SimNode stolen(Supplier<Multiaddr> elsewhere) {
        return new SimNode(name, time, network, elsewhere, disk.stolen());
    }

    /** Comes up again after a crash. */
    void restart() {
        Node made = boot();
        await(made.unlock(passphrase()));
    }

    /** Becomes a contact of {@code inviter}, by an invitation for it alone; gives who it is. */
    AccountId join(SimNode inviter) {
        InvitationTerms terms = new InvitationTerms("", 1, InvitationTerms.DEFAULT_LIFETIME, true);
        String code = inviter.await(inviter.node().invite(terms)).code();
        await(node().addContact(new ContactRequest(code, "", "")));
        time.advance(SimPair.LONG_ENOUGH);
        return await(node().status()).account().orElseThrow().id();
    }

    /** Dies as by SIGKILL: what was not durable is gone, what was on the wire may have left or not. */
    void crash() {
        loop.orElseThrow().close();
        hosts.forEach(SimHost::close);
        hosts.clear();
        node = Optional.empty();
    }

    <T> T await(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        time.advanceUntil(future::isDone, PATIENCE);
        return future.join();
    }

    private Node boot() {
        VirtualLoop own = time.newLoop(name);
        own.setClockSkew(skew);
        loop = Optional.of(own);
        Surroundings surroundings = new Surroundings(
                own, CRYPTO, Runnable::run, (config, policy, ways) -> endpoint(ways), disk.vaults(own), limits);
        Node made =
                new Node(new NodeConfig(Path.of("nowhere"), List.of(), bootstrap, false, true), surroundings, () -> {});
        node = Optional.of(made);
        return made;
    }

    /** The DHT is the real one, on simulated streams. */
    private Endpoint endpoint(Surroundings.WaysIn ways) {
        SimHost host = new SimHost(network, time.newLoop(name + " net"), address.get());
        hosts.add(host);
        VirtualLoop routingLoop = time.newLoop(name + " dht");
        Routing routing = new RoutingBuilder()
                .loop(routingLoop)
                .mode(mode)
                .validator(SealedRecordValidator.NAMESPACE, new SealedRecordValidator(CRYPTO))
                .entryPoints(ways.named())
                .seenPeers(ways.seen())
                .build(host);
        return new Endpoint(host, routing);
    }

    private static Passphrase passphrase() {
        return Passphrase.owning("simulated".toCharArray());
    }
}
