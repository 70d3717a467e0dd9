package sotto.bench.interop;

import static sotto.bench.interop.Meeting.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import sotto.libp2p.HostBuilder;
import sotto.libp2p.RoutingBuilder;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.crypto.Ed25519KeyPair;
import sotto.libp2p.host.Host;
import sotto.libp2p.host.RecordValidator;
import sotto.libp2p.host.Routing;
import sotto.libp2p.kad.FileRecordStore;
import sotto.libp2p.kad.KadLimits;
import sotto.libp2p.kad.Kademlia.Mode;
import sotto.libp2p.kad.Key;
import sotto.libp2p.kad.Newest;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.peer.PeerId;
import sotto.libp2p.runtime.Entropy;

/** Nodes of both implementations on loopback, in one network whose records are numbers. */
final class MixedNetwork implements AutoCloseable {
    private final Path folder;
    private final JsPeer js;
    private final List<Ours> ours = new ArrayList<>();
    private final Map<String, Theirs> theirs = new HashMap<>();
    private final List<Host> opened = new ArrayList<>();

    /** {@code folder} is where our nodes keep records. */
    MixedNetwork(Path folder) throws IOException {
        this.folder = folder;
        this.js = JsPeer.start("network.mjs");
    }

    /** A node of ours, and the file of its records. */
    record Ours(Host host, Routing routing, Path file, Ed25519KeyPair key) {
        String address() {
            return host.listenAddresses().get(0).withPeer(host.id()).toString();
        }

        void close() {
            await(routing.stop());
            host.close();
        }
    }

    /** A js node. */
    record Theirs(String peer, String address) {}

    List<Ours> ours() {
        return List.copyOf(ours);
    }

    List<Theirs> theirs() {
        return List.copyOf(theirs.values());
    }

    /** Adds a node of ours that serves others, and joins by way of {@code entries}. */
    Ours addOurs(List<String> entries) throws IOException {
        Ed25519KeyPair key = CryptoChoice.fastest().generateEd25519(Entropy.secure());
        return addOurs(key, folder.resolve(PeerId.of(key.publicKey()).text()), entries);
    }

    /** Ends {@code node} and starts it anew, with its key and the file of its records. */
    Ours restart(Ours node, List<String> entries) throws IOException {
        ours.remove(node);
        node.close();
        return addOurs(node.key(), node.file(), entries);
    }

    /** A client of ours that takes every value for valid. */
    Routing lawless(List<String> entries) {
        Host host = new HostBuilder().listen(List.of()).build();
        Routing routing = new RoutingBuilder()
                .prefix("/x")
                .validator("x", new Anything())
                .entryPoints(addresses(entries))
                .build(host);
        opened.add(host);
        await(routing.join());
        return routing;
    }

    private Ours addOurs(Ed25519KeyPair key, Path file, List<String> entries) throws IOException {
        Host host = new HostBuilder()
                .hostKey(key)
                .listen(addresses(List.of("/ip4/127.0.0.1/tcp/0")))
                .build();
        Routing routing = new RoutingBuilder()
                .prefix("/x")
                .mode(Mode.SERVER)
                // As in bench/js/dht.mjs.
                .validator("x", Newest.FOR_EVER)
                .records(FileRecordStore.open(file, Key.of(host.id()), KadLimits.STANDARD.records()))
                .entryPoints(addresses(entries))
                .build(host);
        Ours node = new Ours(host, routing, file, key);
        ours.add(node);
        await(host.start());
        if (!entries.isEmpty()) {
            await(routing.join());
        }
        return node;
    }

    /** Adds a js node, connected to {@code entries}, that knows at least {@code tableMin} peers. */
    Theirs addTheirs(List<String> entries, int tableMin) {
        JsonObject started = js.call("start", Map.of("entries", entries));
        Theirs node = new Theirs(
                started.get("peer").getAsString(), started.get("address").getAsString());
        theirs.put(node.peer(), node);
        if (tableMin > 0) {
            call(node, "awaitTable", Map.of("size", 1));
            call(node, "refresh", Map.of());
            call(node, "awaitTable", Map.of("size", tableMin));
        }
        return node;
    }

    /** Ends {@code node}, which forgets everything, and starts another in its place. */
    Theirs restart(Theirs node, List<String> entries, int tableMin) {
        call(node, "stop", Map.of());
        theirs.remove(node.peer());
        return addTheirs(entries, tableMin);
    }

    JsonObject call(Theirs node, String command, Map<String, ?> options) {
        Map<String, Object> all = new HashMap<>(options);
        all.put("node", node.peer());
        return js.call(command, all);
    }

    /** The strings of the list {@code name} in {@code outcome}. */
    static List<String> strings(JsonObject outcome, String name) {
        Stream<JsonElement> elements =
                StreamSupport.stream(outcome.getAsJsonArray(name).spliterator(), false);
        return elements.map(JsonElement::getAsString).toList();
    }

    static Multiaddr address(String text) {
        try {
            return Multiaddr.parse(text);
        } catch (WireException malformed) {
            throw new AssertionError(malformed);
        }
    }

    private static List<Multiaddr> addresses(List<String> texts) {
        return texts.stream().map(MixedNetwork::address).toList();
    }

    static PeerId peer(Theirs node) {
        return address(node.address()).peerId().orElseThrow();
    }

    /** What js provides as {@code content}: the multihash of its text. */
    static Bytes multihash(String content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return Bytes.concat(Bytes.ofHex("1220"), Bytes.owning(hash));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public void close() {
        List.copyOf(ours).forEach(Ours::close);
        opened.forEach(Host::close);
        js.close();
    }

    /** No rules at all. */
    private static final class Anything implements RecordValidator {
        @Override
        public Instant validate(Bytes key, Bytes value, Instant now) {
            return Instant.MAX;
        }

        @Override
        public int select(Bytes key, List<Bytes> values) {
            return 0;
        }
    }
}
