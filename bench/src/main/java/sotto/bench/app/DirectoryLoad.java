package sotto.bench.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import sotto.libp2p.HostBuilder;
import sotto.libp2p.RoutingBuilder;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.host.Host;
import sotto.libp2p.host.Routing;
import sotto.libp2p.kad.Kademlia;
import sotto.libp2p.kad.Key;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.peer.PeerId;
import sotto.libp2p.runtime.Entropy;
import sotto.libp2p.runtime.MachineClock;
import sotto.libp2p.transport.Loops;

/**
 * The load that {@link BootstrapBenchmark} puts on a bootstrap node, in a process of its own: {@code ADDRESS PEERS SECONDS}. Makes
 * a network of servers, connects peers, each with a key of its own, and asks in four ways: not at all, at the pace of the goal,
 * as fast as answers come, and without waiting for answers. Prints a line per figure, its name and its value; a line of its own,
 * {@code held}, when all peers are connected, and then waits for a line of input.
 */
final class DirectoryLoad {
    /** More than an answer names, so that which ones it names can be wrong. */
    private static final int SERVERS = 24;

    private static final int NAMED = 20;
    private static final int JOINS_MAX = 5;
    private static final int CONNECTING_MAX = 48;
    private static final int UNDER_WAY_MAX = 512;
    private static final int PACE_PER_SECOND = 2_000;
    private static final int PROBES_PER_SECOND = 100;
    private static final int GREEDY_PEERS = 20;

    private final Multiaddr node;
    private final Duration span;
    private final Crypto crypto = CryptoChoice.fastest();
    private final Loops loops = Loops.fastest(Entropy.secure());
    private final List<PeerId> servers = new ArrayList<>();
    private final List<AskingPeer> peers = new ArrayList<>();

    private DirectoryLoad(Multiaddr node, Duration span) {
        this.node = node;
        this.span = span;
    }

    /** The process's entry. */
    public static void main(String[] arguments) throws Exception {
        DirectoryLoad load =
                new DirectoryLoad(Multiaddr.parse(arguments[0]), Duration.ofSeconds(Long.parseLong(arguments[2])));
        load.makeNetwork();
        load.connect(Integer.parseInt(arguments[1]));
        System.out.println("held");
        System.in.read();
        // The first asking warms both ends up.
        load.fastest();
        load.paced();
        print("answered-max", load.fastest().perSecond());
        load.flood();
        System.out.println("still-connected "
                + load.peers.stream().filter(AskingPeer::isConnected).count());
        // Threads of the servers are daemons, and nobody waits for them.
        System.exit(0);
    }

    private void makeNetwork() throws Exception {
        for (int i = 0; i < SERVERS; i++) {
            Host host = new HostBuilder()
                    .listen(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")))
                    .build();
            Routing routing = new RoutingBuilder()
                    .mode(Kademlia.Mode.SERVER)
                    .entryPoints(List.of(node))
                    .build(host);
            await(host.start());
            join(routing);
            servers.add(host.id());
        }
    }

    /** On a machine that is busy the first one may be too slow. */
    private static void join(Routing routing) throws Exception {
        for (int left = JOINS_MAX; ; left--) {
            try {
                await(routing.join());
                return;
            } catch (ExecutionException tooLate) {
                if (left == 1) {
                    throw tooLate;
                }
            }
        }
    }

    private void connect(int count) throws Exception {
        Semaphore connecting = new Semaphore(CONNECTING_MAX);
        AtomicInteger failed = new AtomicInteger();
        Duration start = MachineClock.uptime();
        for (int i = 0; i < count; i++) {
            AskingPeer peer = new AskingPeer(crypto, loops);
            connecting.acquire();
            peer.connect(node).whenComplete((connected, failure) -> {
                if (failure != null) {
                    failed.incrementAndGet();
                }
                connecting.release();
            });
            peers.add(peer);
        }
        connecting.acquire(CONNECTING_MAX);
        print("connections-per-second", count / seconds(start));
        System.out.println("connected " + (count - failed.get()));
    }

    /** At the pace of the goal, whatever the answers do. */
    private void paced() throws Exception {
        Round round = new Round();
        pace(round, PACE_PER_SECOND, peers);
        round.settle();
        print("paced-answered", round.perSecond());
        print("paced-p50-millis", round.millis(0.5));
        print("paced-p99-millis", round.millis(0.99));
        print("paced-failed", round.failed());
        print("paced-wrong", round.wrong());
    }

    /** As fast as answers come, so many under way. */
    private Round fastest() throws Exception {
        Round round = new Round();
        Semaphore underWay = new Semaphore(UNDER_WAY_MAX);
        for (int i = 0; MachineClock.uptime().compareTo(round.end) < 0; i++) {
            underWay.acquire();
            round.ask(peers.get(i % peers.size())).whenComplete((answer, failure) -> underWay.release());
        }
        round.settle();
        return round;
    }

    /** Some ask without waiting for answers, and again where they are refused; others go on asking as they always do. */
    private void flood() throws Exception {
        List<AskingPeer> greedy = peers.subList(0, Math.min(GREEDY_PEERS, peers.size() / 2));
        List<AskingPeer> polite = peers.subList(greedy.size(), peers.size());
        Duration start = MachineClock.uptime();
        List<GreedyAsker> askers = greedy.stream()
                .map(peer -> new GreedyAsker(peer, start.plus(span)))
                .toList();
        Round round = new Round();
        askers.forEach(GreedyAsker::begin);
        pace(round, PROBES_PER_SECOND, polite);
        round.settle();
        double seconds = span.toMillis() / 1e3;
        print("flood-offered", askers.stream().mapToLong(GreedyAsker::offered).sum() / seconds);
        print("flood-answered", askers.stream().mapToLong(GreedyAsker::answered).sum() / seconds);
        print("flood-refused", askers.stream().mapToLong(GreedyAsker::refused).sum() / seconds);
        print("polite-asked", round.asked());
        print("polite-failed", round.failed());
        print("polite-wrong", round.wrong());
        print("polite-p50-millis", round.millis(0.5));
        print("polite-p99-millis", round.millis(0.99));
    }

    private void pace(Round round, int perSecond, List<AskingPeer> by) {
        long nanosBetween = TimeUnit.SECONDS.toNanos(1) / perSecond;
        Duration next = MachineClock.uptime();
        for (int i = 0; MachineClock.uptime().compareTo(round.end) < 0; i++) {
            round.ask(by.get(i % by.size()));
            next = next.plusNanos(nanosBetween);
            LockSupport.parkNanos(next.minus(MachineClock.uptime()).toNanos());
        }
    }

    private static double seconds(Duration since) {
        return MachineClock.uptime().minus(since).toNanos() / 1e9;
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static void print(String name, double value) {
        System.out.println(name + " " + value);
    }

    /** Questions and their outcomes, for {@link #span}. */
    private final class Round {
        private final Duration start = MachineClock.uptime();
        private final Duration end = start.plus(span);
        private final AtomicInteger asked = new AtomicInteger();
        private final AtomicInteger failed = new AtomicInteger();
        private final AtomicInteger wrong = new AtomicInteger();
        private final List<Double> millis = java.util.Collections.synchronizedList(new ArrayList<>());
        private double seconds;

        CompletionStage<List<PeerId>> ask(AskingPeer peer) {
            byte[] key = new byte[32];
            Entropy.secure().nextBytes(key);
            Bytes target = Bytes.owning(key);
            Duration began = MachineClock.uptime();
            asked.incrementAndGet();
            CompletionStage<List<PeerId>> answer = peer.ask(target);
            answer.whenComplete((named, failure) -> {
                if (failure != null) {
                    failed.incrementAndGet();
                    return;
                }
                millis.add(seconds(began) * 1e3);
                if (!isRight(target, named)) {
                    wrong.incrementAndGet();
                }
            });
            return answer;
        }

        /** Waits for the answers that are still to come, a few seconds at most; those that do not have failed. */
        void settle() {
            seconds = seconds(start);
            Duration latest = MachineClock.uptime().plusSeconds(5);
            while (millis.size() + failed.get() < asked.get()
                    && MachineClock.uptime().compareTo(latest) < 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
            failed.addAndGet(asked.get() - millis.size() - failed.get());
        }

        double perSecond() {
            return millis.size() / seconds;
        }

        double millis(double share) {
            List<Double> sorted = millis.stream().sorted().toList();
            return sorted.isEmpty() ? Double.NaN : sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size()));
        }

        int asked() {
            return asked.get();
        }

        int failed() {
            return failed.get();
        }

        int wrong() {
            return wrong.get();
        }

        /** Whether {@code named} are exactly the closest servers. */
        private boolean isRight(Bytes target, List<PeerId> named) {
            Key key = Key.of(target);
            Set<PeerId> closest = new HashSet<>(servers.stream()
                    .sorted((one, other) -> key.compareDistances(Key.of(one), Key.of(other)))
                    .limit(NAMED)
                    .toList());
            return named.size() == NAMED && closest.equals(new HashSet<>(named));
        }
    }
}
