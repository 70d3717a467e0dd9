package sotto.bench.app;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import sotto.bench.network.Person;
import sotto.bench.network.Place;
import sotto.bench.network.Program;
import sotto.libp2p.HostBuilder;
import sotto.libp2p.RoutingBuilder;
import sotto.libp2p.host.Host;
import sotto.libp2p.host.PeerAddresses;
import sotto.libp2p.host.Routing;
import sotto.libp2p.host.SeenPeers;
import sotto.libp2p.kad.Kademlia.Mode;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.MachineClock;
import sotto.node.api.AccountId;
import sotto.node.api.Contact;
import sotto.node.api.ContactRequest;
import sotto.node.api.Event;
import sotto.node.api.FeedEvent;
import sotto.node.api.Invitation;
import sotto.node.api.InvitationTerms;
import sotto.node.api.Messenger;

/**
 * How long it takes until two people are contacts who know one bootstrap node and a code, and until a host is in the table again
 * that remembers its servers. Daemons and bootstrap node are processes of their own, the code has no hints.
 */
final class FirstContactBenchmark implements Benchmark {
    private static final int SERVERS = 20;
    private static final double CONTACT_MILLIS_MAX = 300;
    private static final double JOIN_MILLIS_MAX = 200;
    private static final int PATIENCE_SECONDS = 60;

    @Override
    public String name() {
        return "first-contact";
    }

    @Override
    public String description() {
        return "from a code to a contact over one bootstrap node, and the way back into the table (--runs 30);"
                + " writes docs/benchmarks.md";
    }

    @Override
    public Outcome run(Map<String, String> options, PrintStream progress) throws Exception {
        int runs = Integer.parseInt(options.getOrDefault("runs", "30"));
        progress.println("contacts");
        Figures figures = new Figures();
        Row contact = new Row("contact by a code without hints", CONTACT_MILLIS_MAX);
        Row join = new Row("back among " + SERVERS + " servers, all remembered", JOIN_MILLIS_MAX);
        try (TemporaryFolder folder = TemporaryFolder.made("sotto-bench-first-contact")) {
            for (double millis : contacts(folder.path(), runs)) {
                figures.add(contact.what(), millis);
            }
        }
        progress.println("joins");
        for (double millis : joins(runs)) {
            figures.add(join.what(), millis);
        }
        String section = "`./sotto bench first-contact`: medians of " + runs + " runs, " + Machine.describe() + ".\n\n"
                + "| | ms | spread | goal | |\n| --- | --- | --- | --- | --- |\n" + contact.told(figures)
                + join.told(figures);
        MarkedPage.putBenchmark(name(), section);
        return new Outcome(true, section);
    }

    /** What is measured, and how long it may take. */
    private record Row(String what, double millisMax) {
        String told(Figures figures) {
            double median = figures.median(what);
            return "| %s | %s | %s | ≤ %s | %s |\n"
                    .formatted(
                            what,
                            Figures.rounded(median),
                            figures.spread(what),
                            Figures.rounded(millisMax),
                            median <= millisMax ? "met" : "**missed**");
        }
    }

    private static List<Double> contacts(Path folder, int runs) throws Exception {
        List<Double> millis = new ArrayList<>();
        try (Program.Service bootstrap = Program.bootstrap(folder.resolve("bootstrap"), Place.LOOPBACK);
                Person alice = new Person("Alice", folder.resolve("alice"), Place.LOOPBACK);
                Person bob = new Person("Bob", folder.resolve("bob"), Place.LOOPBACK)) {
            alice.init();
            bob.init();
            alice.arrive(bootstrap.address());
            bob.arrive(bootstrap.address());
            try (Messenger inviter = alice.attach();
                    Messenger invited = bob.attach()) {
                for (int run = 0; run < runs; run++) {
                    millis.add(contact(inviter, invited, "run " + run));
                }
            }
        }
        return millis;
    }

    /** Until the one who used the code has a contact; then both forget each other. */
    @SuppressWarnings("try") // The subscription is only to be closed.
    private static double contact(Messenger inviter, Messenger invited, String label) throws Exception {
        Invitation invitation =
                await(inviter.invite(new InvitationTerms(label, 1, InvitationTerms.DEFAULT_LIFETIME, false)));
        long before = await(invited.status()).lastSequence();
        CompletableFuture<AccountId> settled = new CompletableFuture<>();
        Duration start = MachineClock.uptime();
        try (var watching = invited.subscribe(before, event -> settle(event, settled))) {
            await(invited.addContact(new ContactRequest(invitation.code(), "", "")));
            AccountId found = await(settled);
            double millis = MachineClock.uptime().minus(start).toNanos() / 1e6;
            for (Contact contact : await(inviter.contacts())) {
                await(inviter.removeContact(contact.id()));
            }
            await(invited.removeContact(found));
            return millis;
        }
    }

    private static void settle(FeedEvent told, CompletableFuture<AccountId> settled) {
        if (told.event() instanceof Event.KnockSettled knock) {
            if (knock.contact().isPresent()) {
                settled.complete(knock.contact().orElseThrow().id());
            } else {
                settled.completeExceptionally(new IOException(knock.reason()));
            }
        }
    }

    /** Hosts that remember all servers, each with a key that the servers never saw. */
    private static List<Double> joins(int runs) throws Exception {
        List<Double> millis = new ArrayList<>();
        List<Member> servers = new ArrayList<>();
        try {
            for (int i = 0; i < SERVERS; i++) {
                servers.add(Member.made(Mode.SERVER, remembered(servers)));
            }
            for (int run = 0; run < runs; run++) {
                SeenPeers memory = remembered(servers);
                Duration start = MachineClock.uptime();
                Member.made(Mode.CLIENT, memory).close();
                millis.add(MachineClock.uptime().minus(start).toNanos() / 1e6);
            }
        } finally {
            for (Member server : servers) {
                server.close();
            }
        }
        return millis;
    }

    private static SeenPeers remembered(List<Member> servers) {
        List<SeenPeers.SeenPeer> seen = servers.stream()
                .map(server ->
                        new PeerAddresses(server.host().id(), server.host().listenAddresses()))
                .map(peer -> new SeenPeers.SeenPeer(peer, MachineClock.wall().instant()))
                .toList();
        return new SeenPeers() {
            @Override
            public List<SeenPeer> load() {
                return seen;
            }

            @Override
            public void save(List<SeenPeer> peers) {}
        };
    }

    /** A host in the table. */
    private record Member(Host host, Routing routing) {
        /** Has joined those that it remembers, if it does. */
        static Member made(Mode mode, SeenPeers memory) throws Exception {
            Host host = new HostBuilder()
                    .listen(List.of(Multiaddr.parse(Place.LOOPBACK.listen())))
                    .build();
            Routing routing = new RoutingBuilder().mode(mode).seenPeers(memory).build(host);
            await(host.start());
            if (!memory.load().isEmpty()) {
                await(routing.join());
            }
            return new Member(host, routing);
        }

        void close() throws Exception {
            await(routing.stop());
            host.close();
        }
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
