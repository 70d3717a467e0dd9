package sotto.libp2p.kad;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import sotto.libp2p.runtime.VirtualTime;

/**
 * Thousands of nodes in one virtual time: who there is, who lives, and how messages get from one to another. One seed gives one
 * history. Confined to one thread.
 */
final class SimWorld {
    /** Servers that everybody's way into the network leads by; they stay. */
    private static final int ENTRY_POINTS = 8;

    private static final int ENTRY_POINTS_USED = 3;
    private static final int JOINED_TRIES = 100;

    private final SimOptions options;
    private final SimQueue queue = new SimQueue();
    private final SplittableRandom random;
    private final SimLatency latency;
    private final SimAddresses addresses;
    private final Map<Peer, SimNode> nodes = new HashMap<>();
    private final List<SimNode> servers = new ArrayList<>();
    private final List<SimNode> clients = new ArrayList<>();
    private int born;
    private long refused;
    private long left;
    private long serverBytes;
    private long clientBytes;

    private SimWorld(SimOptions options) {
        this.options = options;
        this.random = new SplittableRandom(options.seed());
        this.latency = new SimLatency(options.link(), random.split());
        this.addresses = new SimAddresses(options.servers(), random.split());
    }

    /** A world whose nodes know each other as they would after some hours, a share of what they know being gone. */
    static SimWorld settled(SimOptions options) {
        SimWorld world = new SimWorld(options);
        int gone = (int) Math.round(options.servers() * options.deadShare() / (1 - options.deadShare()));
        for (int i = 0; i < options.servers() + gone; i++) {
            world.servers.add(world.bear(world.addresses.next(), true));
        }
        for (int i = 0; i < options.nodes() - options.servers(); i++) {
            world.clients.add(world.bear(world.addresses.next(), false));
        }
        SimAcquaintance acquaintance = new SimAcquaintance(world.servers, world.random.split());
        world.servers.forEach(acquaintance::introduceTo);
        world.clients.forEach(acquaintance::introduceTo);
        for (int i = 0; i < gone; i++) {
            world.kill(world.servers.get(ENTRY_POINTS + world.random.nextInt(world.servers.size() - ENTRY_POINTS)));
        }
        return world;
    }

    /** Lets all nodes keep their tables and records up, {@code clientShare} of the clients included; and come and go. */
    void live(double clientShare) {
        servers.forEach(node -> node.upkeep.start());
        keepClients((int) Math.round(clients.size() * clientShare));
        clients.forEach(node -> node.upkeep.start());
        for (SimNode node : List.copyOf(servers.subList(ENTRY_POINTS, servers.size()))) {
            queue.schedule(SimSessions.leftMillis(random), () -> replace(node));
        }
        for (SimNode node : List.copyOf(clients)) {
            queue.schedule(SimSessions.leftMillis(random), () -> replace(node));
        }
    }

    SimOptions options() {
        return options;
    }

    SimQueue queue() {
        return queue;
    }

    SplittableRandom random() {
        return random;
    }

    SimLatency latency() {
        return latency;
    }

    long nowMillis() {
        return queue.nowMillis();
    }

    Moment moment() {
        return new Moment(nowMillis(), VirtualTime.START.plusMillis(nowMillis()));
    }

    SimLoop newLoop() {
        return new SimLoop(queue, random.split());
    }

    /** Whoever is or was {@code peer}. */
    @Nullable
    SimNode node(Peer peer) {
        return nodes.get(peer);
    }

    List<SimNode> servers() {
        return servers;
    }

    List<SimNode> clients() {
        return clients;
    }

    SimNode anyServer() {
        return servers.get(random.nextInt(servers.size()));
    }

    SimNode anyClient() {
        return clients.get(random.nextInt(clients.size()));
    }

    /** A client that has found its way into the network, as far as a few tries show one. */
    SimNode anyJoinedClient() {
        SimNode client = anyClient();
        for (int tries = 0; tries < JOINED_TRIES && client.table.size() == 0; tries++) {
            client = anyClient();
        }
        return client;
    }

    List<Peer> entryPoints() {
        List<Peer> used = new ArrayList<>();
        int first = random.nextInt(ENTRY_POINTS);
        for (int i = 0; i < ENTRY_POINTS_USED; i++) {
            used.add(servers.get((first + i) % ENTRY_POINTS).peer);
        }
        return used;
    }

    /** The server closest to {@code target} of all that live and do not lie. */
    Peer closestTo(Key target) {
        Comparator<Peer> byDistance = (one, other) -> target.compareDistances(one.key(), other.key());
        return servers.stream().map(node -> node.peer).min(byDistance).orElseThrow();
    }

    /** A new node at {@code address}, known to nobody, not counted among the servers or clients. */
    SimNode bear(Peer peer, boolean isServer) {
        SimNode node = SimNode.born(this, born++, peer, isServer);
        nodes.put(peer, node);
        return node;
    }

    /** Tells every table of all of {@code strangers}, in an order of its own. */
    void introduce(List<SimNode> strangers) {
        for (List<SimNode> hosts : List.of(servers, clients)) {
            for (SimNode host : hosts) {
                int first = random.nextInt(strangers.size());
                for (int i = 0; i < strangers.size(); i++) {
                    host.table.onSeen(strangers.get((first + i) % strangers.size()).peer, nowMillis());
                }
            }
        }
    }

    /** Makes everybody forget {@code node}. */
    void expel(SimNode node) {
        kill(node);
        servers.forEach(host -> host.table.remove(node.peer.id()));
        clients.forEach(host -> host.table.remove(node.peer.id()));
    }

    /** All clients but {@code count} sleep and are left out. */
    void keepClients(int count) {
        clients.subList(Math.min(count, clients.size()), clients.size()).clear();
    }

    boolean isSilent() {
        return random.nextDouble() < options.link().silentShare();
    }

    boolean isRefusedByTheDead() {
        return random.nextDouble() < options.link().refusalShare();
    }

    void onRefused() {
        refused++;
    }

    /** Requests that were refused. */
    long refused() {
        return refused;
    }

    /** {@code sizeBytes} pass between two nodes. */
    void carry(SimNode one, SimNode other, int sizeBytes) {
        serverBytes += (one.isServer ? sizeBytes : 0) + (other.isServer ? sizeBytes : 0);
        clientBytes += (one.isServer ? 0 : sizeBytes) + (other.isServer ? 0 : sizeBytes);
    }

    /** {@code sizeBytes} are sent to where nobody is. */
    void carryToNobody(SimNode from, int sizeBytes) {
        serverBytes += from.isServer ? sizeBytes : 0;
        clientBytes += from.isServer ? 0 : sizeBytes;
    }

    /** Sent and received by all servers together. */
    long serverBytes() {
        return serverBytes;
    }

    /** Sent and received by all clients together. */
    long clientBytes() {
        return clientBytes;
    }

    /** Of all entries in the tables of servers, how many are of somebody who has left. */
    double deadShare() {
        long entries = 0;
        long dead = 0;
        for (SimNode server : servers) {
            for (Peer peer : server.table.peers()) {
                entries++;
                dead += nodes.containsKey(peer) ? 0 : 1;
            }
        }
        return (double) dead / Math.max(1, entries);
    }

    /** How many peers a server knows, mean. */
    double tableSize() {
        return servers.stream()
                .mapToInt(server -> server.table.size())
                .average()
                .orElse(0);
    }

    /** Nodes that have left. */
    long left() {
        return left;
    }

    /** What {@code stage} completes with, once so much time has passed. */
    <T> T result(CompletionStage<T> stage) {
        CompletableFuture<T> outcome = stage.toCompletableFuture();
        while (!outcome.isDone()) {
            if (!queue.step()) {
                throw new AssertionError("nothing happens any more (seed " + options.seed() + ")");
            }
        }
        return outcome.join();
    }

    /** {@code node} leaves for good, and somebody else comes in its stead. */
    private void replace(SimNode node) {
        kill(node);
        left++;
        boolean isServer = node.isServer;
        SimNode fresh = bear(addresses.next(), isServer);
        (isServer ? servers : clients).add(fresh);
        fresh.join(entryPoints()).whenComplete((lookup, failure) -> fresh.upkeep.start());
        queue.schedule(SimSessions.millis(random), () -> replace(fresh));
    }

    private void kill(SimNode node) {
        List<SimNode> peers = node.isServer ? servers : clients;
        peers.remove(node);
        node.die();
        // Its table and records go; who asks for it still has to find out that it is gone.
        nodes.remove(node.peer);
    }
}
