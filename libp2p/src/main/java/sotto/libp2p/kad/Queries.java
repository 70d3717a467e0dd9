package sotto.libp2p.kad;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.host.HostException;
import sotto.libp2p.host.HostException.Reason;
import sotto.libp2p.host.PeerAddresses;
import sotto.libp2p.host.RecordStore.StoredRecord;
import sotto.libp2p.host.RecordValidator;
import sotto.libp2p.host.Routing.Closest;
import sotto.libp2p.host.Routing.Found;
import sotto.libp2p.host.Routing.Providers;
import sotto.libp2p.host.Routing.Stored;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.peer.PeerId;
import sotto.libp2p.runtime.EventLoop;

/** The operations of the table, each made of a lookup and what follows it. Confined to the routing's loop. */
final class Queries {
    /** Providers that one question brings back. */
    private static final int PROVIDERS_MAX = 100;

    private final EventLoop loop;
    private final Asker asker;
    private final Server.Parts parts;
    private final Server server;
    private final Turns turns;

    Queries(EventLoop loop, Asker asker, Server.Parts parts, Server server) {
        this.loop = loop;
        this.asker = asker;
        this.parts = parts;
        this.server = server;
        this.turns = new Turns(parts.limits().lookups().underWayMax());
    }

    /** A lookup of {@code target} that begins with the peers that the table knows, and with {@code more}. */
    CompletionStage<Lookup> find(Bytes target, List<Peer> more) {
        return run(new Request.FindNode(target), more, (from, answer) -> {});
    }

    /** The same with {@code entry}; fails with {@link HostException} if that one did not answer, whoever else did. */
    CompletionStage<Lookup> find(Bytes target, Peer entry) {
        AtomicBoolean hasAnswered = new AtomicBoolean();
        return run(new Request.FindNode(target), List.of(entry), (from, answer) -> {
                    if (from.id().equals(entry.id())) {
                        hasAnswered.set(true);
                    }
                })
                .thenCompose(lookup -> hasAnswered.get()
                        ? CompletableFuture.completedFuture(lookup)
                        : failed(Reason.UNREACHABLE, "no server of the network answered there"));
    }

    CompletionStage<Closest> closest(Bytes key) {
        return find(key, List.of()).thenApply(lookup -> new Closest(addresses(lookup.closest()), lookup.coverage()));
    }

    CompletionStage<Optional<PeerAddresses>> peer(PeerId wanted) {
        List<Peer> named = new ArrayList<>();
        return run(
                        new Request.FindNode(wanted.multihash()),
                        List.of(),
                        (from, answer) -> answer.closer().stream()
                                .filter(peer -> peer.id().equals(wanted) && named.isEmpty())
                                .forEach(named::add))
                .thenApply(lookup -> Stream.concat(lookup.closest().stream(), named.stream())
                        .filter(peer ->
                                peer.id().equals(wanted) && !peer.addresses().isEmpty())
                        .findFirst()
                        .map(Peer::toAddresses));
    }

    CompletionStage<Found> get(Bytes key) {
        Optional<RecordValidator> validator = parts.validators().of(key);
        if (validator.isEmpty()) {
            return failed(Reason.NOT_ALLOWED, "a key of a namespace that is not known here");
        }
        Moment now = now();
        BestValue best = new BestValue(key, validator.get(), now.wall());
        server.current(key, now.wall()).map(StoredRecord::value).ifPresent(best::addOwn);
        return run(
                        new Request.GetValue(key),
                        List.of(),
                        (from, answer) -> answer.value().ifPresent(value -> best.add(value.value(), from)))
                .thenCompose(lookup -> {
                    if (lookup.asked() == 0 && best.value().isEmpty()) {
                        return failed(Reason.UNREACHABLE, "nobody to ask");
                    }
                    if (validator.get().allowsEntryCorrection()) {
                        best.value().ifPresent(value -> handTo(best.outdated(), put(key, value)));
                    }
                    return CompletableFuture.completedFuture(new Found(best.value(), best.copies(), lookup.coverage()));
                });
    }

    CompletionStage<Stored> put(Bytes key, Bytes value, boolean isServer) {
        Optional<RecordValidator> validator = parts.validators().of(key);
        if (validator.isEmpty()) {
            return failed(Reason.NOT_ALLOWED, "a key of a namespace that is not known here");
        }
        try {
            validator.get().validate(key, value, loop.clock().instant());
        } catch (WireException invalid) {
            return CompletableFuture.failedFuture(
                    new HostException(Reason.NOT_ALLOWED, "a value that no server would take", invalid));
        }
        return find(key, List.of()).thenCompose(lookup -> {
            if (isServer && isOneOfTheClosest(lookup)) {
                keepOwn(key, value);
            }
            return store(lookup, put(key, value));
        });
    }

    /** Hands the record of {@code key} on to the closest servers, if it is still kept; fails if too many lookups wait. */
    CompletionStage<Void> replicate(Bytes key) {
        CompletionStage<Lookup> found = find(key, List.of());
        return found.thenCompose(lookup -> {
            Moment now = now();
            Optional<StoredRecord> record = server.current(key, now.wall());
            if (record.isEmpty()) {
                return CompletableFuture.completedFuture(null);
            }
            if (isOneOfTheClosest(lookup)) {
                parts.records().replication().onCopy(key, now.millis(), loop.random());
            }
            return handTo(lookup.closest(), put(key, record.get().value())).thenAccept(servers -> {});
        });
    }

    /** {@code addresses} are those of this host. */
    CompletionStage<Stored> provide(Bytes key, List<Multiaddr> addresses) {
        try {
            ContentKey.check(key);
        } catch (WireException malformed) {
            return CompletableFuture.failedFuture(
                    new HostException(Reason.NOT_ALLOWED, "a key that no server would take", malformed));
        }
        Peer self = Peer.of(parts.peers().self(), addresses);
        return find(key, List.of()).thenCompose(lookup -> store(lookup, new Request.AddProvider(key, List.of(self))));
    }

    CompletionStage<Providers> providers(Bytes key) {
        Set<Peer> providers = new LinkedHashSet<>(
                parts.records().providers().providers(key, loop.uptime().toMillis()));
        return run(
                        new Request.GetProviders(key),
                        List.of(),
                        (from, answer) -> answer.providers().stream()
                                .filter(peer -> providers.size() < PROVIDERS_MAX)
                                .forEach(providers::add))
                .thenApply(lookup -> new Providers(addresses(List.copyOf(providers)), lookup.coverage()));
    }

    private CompletionStage<Lookup> run(Request request, List<Peer> more, LookupRun.Listener listener) {
        return turns.take(() -> runNow(request, more, listener));
    }

    private CompletionStage<Lookup> runNow(Request request, List<Peer> more, LookupRun.Listener listener) {
        asker.onLookup();
        long now = loop.uptime().toMillis();
        Key target = Key.of(request.key());
        RoutingTable table = parts.peers().table();
        KadLimits.Lookups limits = parts.limits().lookups();
        List<Peer> known = new ArrayList<>(table.closest(target, limits.closestMax()));
        known.addAll(more);
        table.onLookup(target, now);
        Lookup lookup = new Lookup(
                new Lookup.Search(
                        target,
                        parts.peers().self(),
                        limits,
                        parts.limits().table().diversity()),
                known,
                now);
        return new LookupRun(lookup, loop, peer -> asker.ask(peer, request), listener).start();
    }

    private CompletionStage<Stored> store(Lookup lookup, Request request) {
        return handTo(lookup.closest(), request)
                .thenCompose(servers -> servers == 0
                        ? failed(Reason.UNREACHABLE, "no server took it")
                        : CompletableFuture.completedFuture(new Stored(servers, lookup.coverage())));
    }

    /** Asks all of {@code peers} at once; completes with how many agreed. */
    private CompletionStage<Integer> handTo(List<Peer> peers, Request request) {
        CompletableFuture<Integer> outcome = new CompletableFuture<>();
        AtomicInteger left = new AtomicInteger(peers.size());
        AtomicInteger agreed = new AtomicInteger();
        if (peers.isEmpty()) {
            outcome.complete(0);
        }
        for (Peer peer : peers) {
            asker.ask(peer, request).whenComplete((answer, failure) -> {
                if (failure == null) {
                    agreed.incrementAndGet();
                }
                if (left.decrementAndGet() == 0) {
                    outcome.complete(agreed.get());
                }
            });
        }
        return outcome;
    }

    private Request put(Bytes key, Bytes value) {
        return new Request.PutValue(key, value, loop.clock().instant());
    }

    private void keepOwn(Bytes key, Bytes value) {
        try {
            server.keep(key, value, parts.peers().self(), now());
        } catch (WireException noRoom) {
            // Others keep it; this host is one of many.
            return;
        }
    }

    private boolean isOneOfTheClosest(Lookup lookup) {
        List<Peer> closest = lookup.closest();
        if (closest.size() < parts.limits().lookups().closestMax()) {
            return true;
        }
        Key self = Key.of(parts.peers().self());
        Key furthest = closest.get(closest.size() - 1).key();
        return lookup.target().compareDistances(self, furthest) < 0;
    }

    private Moment now() {
        return new Moment(loop.uptime().toMillis(), loop.clock().instant());
    }

    private static List<PeerAddresses> addresses(List<Peer> peers) {
        return peers.stream().map(Peer::toAddresses).toList();
    }

    private static <T> CompletableFuture<T> failed(Reason reason, String message) {
        return CompletableFuture.failedFuture(new HostException(reason, message));
    }
}
