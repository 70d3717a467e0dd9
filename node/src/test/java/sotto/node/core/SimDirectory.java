package sotto.node.core;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import sotto.libp2p.RoutingBuilder;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.RecordValidator;
import sotto.libp2p.host.Routing;
import sotto.libp2p.kad.Kademlia;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.peer.PeerId;
import sotto.libp2p.runtime.VirtualTime;
import sotto.node.directory.SealedRecord;
import sotto.node.directory.SealedRecordValidator;
import sotto.node.wire.Locator;

/** A server of the DHT in a simulated world: the real one, on simulated streams, that knows nothing of messengers. */
final class SimDirectory {
    private static final String KEY_PREFIX = "/sotto/";

    private final VirtualTime time;
    private final SimHost host;
    private final Routing routing;
    private final Multiaddr address;
    private final SpyingStore store;
    private final List<Question> questions = new ArrayList<>();

    SimDirectory(VirtualTime time, SimNetwork network, List<Multiaddr> others) {
        this(time, network, others, new SealedRecordValidator(CryptoChoice.fastest()));
    }

    private SimDirectory(VirtualTime time, SimNetwork network, List<Multiaddr> others, RecordValidator validator) {
        this.time = time;
        this.store = new SpyingStore(time);
        this.address = network.freeAddress();
        this.host = new SimHost(network, time.newLoop("server net"), address);
        host.lookAt(this::look);
        this.routing = new RoutingBuilder()
                .loop(time.newLoop("server dht"))
                .mode(Kademlia.Mode.SERVER)
                .validator(SealedRecordValidator.NAMESPACE, validator)
                .records(store)
                .entryPoints(others)
                .build(host);
        host.start().thenCompose(bound -> routing.join());
    }

    /** A server that holds nobody to any rules, so that it can hand out whatever its store says. */
    static SimDirectory withoutRules(VirtualTime time, SimNetwork network, List<Multiaddr> others) {
        return new SimDirectory(time, network, others, new NoRules());
    }

    /** Somebody asked for the value of a key. */
    record Question(Duration at, PeerId from, Bytes key) {}

    Multiaddr address() {
        return address;
    }

    SpyingStore store() {
        return store;
    }

    Routing routing() {
        return routing;
    }

    /** Everything that was ever put here, in its order: what a server can keep if it wants to. */
    List<SpyingStore.Put> puts() {
        return store.puts();
    }

    /** Every question for a record that was asked here. */
    List<Question> questions() {
        return List.copyOf(questions);
    }

    private void look(Connection connection, Bytes bytes) {
        int at = new String(bytes.toArray(), StandardCharsets.ISO_8859_1).indexOf(KEY_PREFIX);
        int keyBytes = KEY_PREFIX.length() + Locator.SIZE_BYTES;
        if (at >= 0 && at + keyBytes <= bytes.size() && bytes.size() < SealedRecord.SIZE_BYTES) {
            questions.add(new Question(time.now(), connection.remotePeer(), bytes.slice(at, at + keyBytes)));
        }
    }

    void close() {
        routing.stop();
        host.close();
    }

    /** Takes whatever comes, and the last of it. */
    private static final class NoRules implements RecordValidator {
        @Override
        public Instant validate(Bytes key, Bytes value, Instant now) {
            return now.plus(Duration.ofDays(30));
        }

        @Override
        public int select(Bytes key, List<Bytes> values) {
            return values.size() - 1;
        }
    }
}
