package sotto.libp2p.kad;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.host.RecordStore;
import sotto.libp2p.host.RecordStore.StoredRecord;
import sotto.libp2p.host.RecordValidator;
import sotto.libp2p.peer.PeerId;

/**
 * Answers requests out of the routing table and the stores (kad-dht specification, "RPC messages"). Pure but for what it
 * stores: time and randomness come in. Not thread-safe.
 */
public final class Server {
    private final Parts parts;
    private final RandomGenerator random;

    public Server(Parts parts, RandomGenerator random) {
        this.parts = parts;
        this.random = random;
    }

    /** What it answers out of; shared with whoever looks up. */
    public record Parts(Peers peers, Records records, Validators validators, KadLimits limits) {}

    /** Who this host is and whom it knows. */
    public record Peers(PeerId self, RoutingTable table) {}

    /** What it keeps for others. */
    public record Records(RecordStore store, Replication replication, ProviderStore providers) {}

    /**
     * The answer to a request of {@code from}; none where the protocol wants none.
     *
     * @throws WireException if it is refused
     */
    public Optional<Answer> answer(Request request, PeerId from, Moment now) throws WireException {
        // The cases cannot throw what is checked, so that they return what is to be done.
        return request.match(new Answering(from, now)).run();
    }

    /** Keeps a value of {@code key}, brought by {@code from}, if it is valid and not worse than what is kept. */
    public void keep(Bytes key, Bytes value, PeerId from, Moment now) throws WireException {
        RecordValidator validator = parts.validators
                .of(key)
                .orElseThrow(() -> new WireException("a key of a namespace that is not kept here"));
        Instant validUntil = validator.validate(key, value, now.wall());
        Instant latest = now.wall().plus(parts.limits.records().ageMax());
        Instant expiresAt = validUntil.isBefore(latest) ? validUntil : latest;
        if (!now.wall().isBefore(expiresAt)) {
            throw new WireException("a record that has expired");
        }
        Optional<StoredRecord> before = current(key, now.wall());
        if (before.filter(kept -> kept.value().equals(value) && kept.expiresAt().equals(expiresAt))
                .isPresent()) {
            // It is only heard of again: nothing is written, however often that is.
            parts.records.replication().onCopy(key, now.millis(), random);
            return;
        }
        Optional<Bytes> better = before.map(StoredRecord::value)
                .filter(kept -> !kept.equals(value) && validator.select(key, List.of(kept, value)) == 0);
        if (better.isPresent()) {
            throw new WireException("a record that is worse than the one kept");
        }
        if (!parts.records.store().put(new StoredRecord(key, value, now.wall(), expiresAt, from))) {
            throw new WireException("no room for the record");
        }
        parts.records.replication().onCopy(key, now.millis(), random);
    }

    /** What is kept of {@code key} and has not expired. */
    Optional<StoredRecord> current(Bytes key, Instant now) {
        return parts.records.store().get(key).filter(record -> !record.hasExpired(now));
    }

    private List<Peer> closer(Bytes key, PeerId from) {
        // One more, since whoever asks knows itself.
        List<Peer> closest = new ArrayList<>(
                parts.peers.table().closest(Key.of(key), parts.limits.table().bucketMax() + 1));
        closest.removeIf(peer -> peer.id().equals(from));
        return closest.size() > parts.limits.table().bucketMax() ? closest.subList(0, closest.size() - 1) : closest;
    }

    /** An answer that may be refused. */
    private interface Attempt {
        Optional<Answer> run() throws WireException;
    }

    /** One request of one peer. */
    private final class Answering implements Request.Cases<Attempt> {
        private final PeerId from;
        private final Moment now;

        Answering(PeerId from, Moment now) {
            this.from = from;
            this.now = now;
        }

        @Override
        public Attempt onFindNode(Request.FindNode request) {
            return () -> Optional.of(new Answer(Optional.empty(), closer(request.key(), from), List.of()));
        }

        @Override
        public Attempt onGetValue(Request.GetValue request) {
            return () -> {
                Optional<Answer.Value> value = current(request.key(), now.wall())
                        .map(record -> new Answer.Value(record.value(), record.receivedAt()));
                return Optional.of(new Answer(value, closer(request.key(), from), List.of()));
            };
        }

        @Override
        public Attempt onPutValue(Request.PutValue request) {
            return () -> {
                keep(request.key(), request.value(), from, now);
                Answer.Value kept = new Answer.Value(request.value(), now.wall());
                return Optional.of(new Answer(Optional.of(kept), List.of(), List.of()));
            };
        }

        @Override
        public Attempt onGetProviders(Request.GetProviders request) {
            return () -> {
                ContentKey.check(request.key());
                List<Peer> providers = parts.records.providers().providers(request.key(), now.millis());
                return Optional.of(new Answer(Optional.empty(), closer(request.key(), from), providers));
            };
        }

        @Override
        public Attempt onAddProvider(Request.AddProvider request) {
            return () -> {
                ContentKey.check(request.key());
                Peer provider = request.providers().stream()
                        .filter(peer -> peer.id().equals(from))
                        .findFirst()
                        .orElseThrow(() -> new WireException("somebody else announced as a provider"));
                if (!parts.records.providers().add(request.key(), provider, now.millis())) {
                    throw new WireException("too many announcements");
                }
                return Optional.empty();
            };
        }

        @Override
        public Attempt onPing(Request.Ping request) {
            return () -> Optional.of(Answer.EMPTY);
        }
    }
}
