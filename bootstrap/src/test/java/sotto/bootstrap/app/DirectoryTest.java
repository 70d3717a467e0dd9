package sotto.bootstrap.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sotto.libp2p.HostBuilder;
import sotto.libp2p.RoutingBuilder;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.host.Host;
import sotto.libp2p.host.Routing;
import sotto.libp2p.kad.Kademlia.Mode;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.Entropy;
import sotto.libp2p.runtime.MachineClock;
import sotto.node.directory.DirectoryKey;
import sotto.node.directory.SealedRecord;
import sotto.node.directory.SealedRecordValidator;

/** Proves, with hosts on real sockets and the node in a process of its own, that a network grows around it and trusts it with records. */
class DirectoryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SERVERS = 24;

    private final Crypto crypto = CryptoChoice.fastest();
    private final List<AutoCloseable> open = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void closeAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void moreThanTwentyHostsFindEachOtherThroughIt() throws Exception {
        RunningBootstrap node = bootstrap("--metrics-port=0");
        Multiaddr address = Multiaddr.parse(node.untilReady().get(0));
        List<Peer> servers = new ArrayList<>();
        for (int i = 0; i < SERVERS; i++) {
            Peer server = peer(Mode.SERVER, List.of(address));
            await(server.routing.join());
            servers.add(server);
        }
        Peer newcomer = peer(Mode.CLIENT, List.of(address));
        assertTrue(await(newcomer.routing.join()) >= 20);
        for (Peer server : servers) {
            assertEquals(
                    server.host.id(),
                    await(newcomer.routing.findPeer(server.host.id()))
                            .orElseThrow()
                            .peer());
        }
        Sealed record = record();
        assertEquals(20, await(newcomer.routing.put(record.key, record.value)).servers());
        assertEquals(
                Optional.of(record.value),
                await(servers.get(0).routing.get(record.key)).value());
        Page metrics = Page.get(node.metricsPort(), "/metrics");
        assertTrue(metrics.figure("sotto_table_peers") >= 20, metrics.text());
        assertTrue(metrics.figure("sotto_requests_total{kind=\"find_node\"}") >= SERVERS);
        assertTrue(metrics.figure("sotto_lookups_total") >= 1);
        assertEquals(0, node.terminate());
    }

    @Test
    void keepsRecordsKeyAndNetworkWhenKilled() throws Exception {
        RunningBootstrap node = bootstrap("--metrics-port=0");
        String address = node.untilReady().get(0);
        Peer server = peer(Mode.SERVER, List.of(Multiaddr.parse(address)));
        await(server.routing.join());
        Sealed record = record();
        assertEquals(2, keepers(server, record));
        // The node answers before the disk does; what it had no time to write at all is lost by a kill.
        Path records = folder.resolve("home").resolve("records");
        while (!Files.exists(records) || Files.size(records) < record.value.size()) {
            Thread.onSpinWait();
        }
        node.kill();
        server.host.close();
        RunningBootstrap again =
                bootstrap("--listen=" + Multiaddr.parse(address).withoutPeer());
        assertEquals(address, again.untilReady().get(0));
        Peer reader = peer(Mode.CLIENT, List.of(Multiaddr.parse(address)));
        await(reader.routing.join());
        assertEquals(
                Optional.of(record.value), await(reader.routing.get(record.key)).value());
        assertEquals(0, again.terminate());
        assertTrue(Files.exists(folder.resolve("home").resolve("peers")));
    }

    @Test
    void takesNoForgedRecord() throws Exception {
        RunningBootstrap node = bootstrap();
        Peer liar = peer(Mode.CLIENT, List.of(Multiaddr.parse(node.untilReady().get(0))), new Anything());
        await(liar.routing.join());
        Sealed record = record();
        byte[] forged = record.value.toArray();
        forged[forged.length - 1] ^= 1;
        assertThrows(Exception.class, () -> await(liar.routing.put(record.key, Bytes.owning(forged))));
        assertThrows(Exception.class, () -> await(liar.routing.put(record().key, record.value)));
        assertEquals(1, await(liar.routing.put(record.key, record.value)).servers());
    }

    @Test
    void refusesWhoAsksTooMuchAndKeepsThemConnected() throws Exception {
        RunningBootstrap node = bootstrap("--metrics-port=0", "--set=limits.requests-per-peer-per-second=1");
        Multiaddr address = Multiaddr.parse(node.untilReady().get(0));
        Peer greedy = peer(Mode.CLIENT, List.of(address));
        await(greedy.routing.join());
        List<CompletableFuture<?>> asked = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            asked.add(greedy.routing.get(record().key).toCompletableFuture());
        }
        for (CompletableFuture<?> each : asked) {
            each.handle((found, failure) -> 0).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        Page metrics = Page.get(node.metricsPort(), "/metrics");
        assertTrue(metrics.figure("sotto_refusals_total{kind=\"peer_too_fast\",of=\"request\"}") > 0, metrics.text());
        assertEquals(1, greedy.host.connections().size());
        Peer polite = peer(Mode.CLIENT, List.of(address));
        await(polite.routing.join());
    }

    private int keepers(Peer writer, Sealed record) throws Exception {
        // The writer is a server too, and keeps a copy of its own beside what it hands on.
        return await(writer.routing.put(record.key, record.value)).servers() + 1;
    }

    private RunningBootstrap bootstrap(String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--home=" + folder.resolve("home")));
        arguments.addAll(List.of(more));
        if (arguments.stream().noneMatch(argument -> argument.startsWith("--listen"))) {
            arguments.add("--listen=/ip4/127.0.0.1/tcp/0");
        }
        RunningBootstrap node =
                RunningBootstrap.start(Files.createTempFile(folder, "stderr", ""), arguments.toArray(new String[0]));
        open.add(node);
        return node;
    }

    private Peer peer(Mode mode, List<Multiaddr> entryPoints) throws Exception {
        return peer(mode, entryPoints, new SealedRecordValidator(crypto));
    }

    private Peer peer(Mode mode, List<Multiaddr> entryPoints, sotto.libp2p.host.RecordValidator validator)
            throws Exception {
        List<Multiaddr> listen = mode == Mode.SERVER ? List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")) : List.of();
        Host host = new HostBuilder().listen(listen).build();
        open.add(host);
        Routing routing = new RoutingBuilder()
                .mode(mode)
                .entryPoints(entryPoints)
                .validator(SealedRecordValidator.NAMESPACE, validator)
                .build(host);
        open.add(() -> await(routing.stop()));
        await(host.start());
        return new Peer(host, routing);
    }

    private Sealed record() {
        try (DirectoryKey key = DirectoryKey.generate(crypto, Entropy.secure());
                SecretBytes readKey = SecretBytes.random(32, Entropy.secure())) {
            SealedRecord sealed = SealedRecord.seal(
                    crypto,
                    new SealedRecord.Draft(
                            key,
                            readKey,
                            1,
                            MachineClock.wall().instant().plus(SealedRecord.LIFETIME),
                            Bytes.utf8("where I am")),
                    Entropy.secure());
            return new Sealed(SealedRecordValidator.key(key.locator(crypto)), sealed.encoded());
        }
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private record Peer(Host host, Routing routing) {}

    private record Sealed(Bytes key, Bytes value) {}

    /** For whoever puts what no server should take. */
    private static final class Anything implements sotto.libp2p.host.RecordValidator {
        @Override
        public java.time.Instant validate(Bytes key, Bytes value, java.time.Instant now) {
            return now.plusSeconds(60);
        }

        @Override
        public int select(Bytes key, List<Bytes> values) {
            return 0;
        }
    }
}
