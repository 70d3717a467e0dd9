package sotto.bench.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static sotto.bench.interop.Meeting.await;
import static sotto.bench.interop.MixedNetwork.multihash;
import static sotto.bench.interop.MixedNetwork.peer;
import static sotto.bench.interop.MixedNetwork.strings;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sotto.bench.interop.MixedNetwork.Ours;
import sotto.bench.interop.MixedNetwork.Theirs;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.HostException;
import sotto.libp2p.host.PeerAddresses;
import sotto.libp2p.host.Routing;

/**
 * Proves that this DHT and that of js-libp2p make one network, in everything that {@link DhtExchange} lists. The run prints the
 * list and fails unless all of it happened. Needs npm, and the network once.
 */
class JsDhtTest {
    private static final Set<DhtExchange> DONE = EnumSet.noneOf(DhtExchange.class);
    private static boolean isInstalled;

    @TempDir
    private Path folder;

    private MixedNetwork network;

    @BeforeAll
    static void install() {
        JsPackages.installed();
        isInstalled = true;
    }

    @AfterAll
    static void listWhatWasExchanged() {
        // JUnit comes here even where the absence of npm has skipped everything.
        if (isInstalled) {
            System.out.println(Arrays.stream(DhtExchange.values())
                    .map(each -> (DONE.contains(each) ? "ok       " : "MISSING  ") + each.label())
                    .collect(Collectors.joining("\n")));
            assertEquals(EnumSet.allOf(DhtExchange.class), DONE, "not everything was exchanged with js-libp2p");
        }
    }

    @BeforeEach
    void begin() throws IOException {
        network = new MixedNetwork(folder);
    }

    @AfterEach
    void end() {
        network.close();
    }

    @Test
    void ourNodeIsAtHomeInAJsNetwork() throws IOException {
        Theirs first = network.addTheirs(List.of(), 0);
        for (int i = 1; i < 10; i++) {
            network.addTheirs(List.of(first.address()), i);
        }
        Ours we = network.addOurs(List.of(first.address()));
        Routing routing = we.routing();
        assertEquals(10, routing.tableSize());
        DONE.add(DhtExchange.WE_JOIN);
        List<Theirs> all = network.theirs();
        Theirs far = all.get(4);
        findsPeers(we, far);
        DONE.add(DhtExchange.WE_FIND_PEERS);
        isFound(far, we);
        DONE.add(DhtExchange.THEY_FIND_US);
        weOfferARecord(we, all);
        assertEquals(
                Optional.of(Bytes.utf8("17")),
                await(routing.get(putBy(far, "/x/theirs", 17))).value());
        DONE.add(DhtExchange.WE_GET);
        newestWins(we, far);
        await(routing.provide(multihash("ours")));
        assertTrue(strings(network.call(far, "findProviders", Map.of("content", "ours")), "providers")
                .contains(we.host().id().text()));
        DONE.add(DhtExchange.WE_PROVIDE);
        network.call(far, "provide", Map.of("content", "theirs"));
        assertEquals(List.of(peer(far)), providers(we, "theirs"));
        DONE.add(DhtExchange.THEY_PROVIDE);
        refusedThere(first, we);
    }

    private void weOfferARecord(Ours we, List<Theirs> all) {
        assertEquals(
                10,
                await(we.routing().put(Bytes.utf8("/x/ours"), Bytes.utf8("23"))).servers());
        JsonObject got = network.call(all.get(7), "get", Map.of("key", "/x/ours"));
        assertEquals("23", got.get("value").getAsString());
        DONE.add(DhtExchange.THEY_GET);
        // All but the one that asks answered with a copy.
        assertEquals(10, await(we.routing().get(Bytes.utf8("/x/ours"))).copies());
        DONE.add(DhtExchange.WE_PUT);
    }

    private void newestWins(Ours we, Theirs far) {
        Bytes key = putBy(far, "/x/both", 3);
        await(we.routing().put(key, Bytes.utf8("4")));
        assertEquals(Optional.of(Bytes.utf8("4")), await(we.routing().get(key)).value());
        assertEquals(
                "4",
                network.call(far, "get", Map.of("key", "/x/both")).get("value").getAsString());
        DONE.add(DhtExchange.NEWEST_WINS);
    }

    private void refusedThere(Theirs first, Ours we) {
        Routing lawless = network.lawless(List.of(first.address()));
        Bytes key = Bytes.utf8("/x/bad");
        // All but our own node, which refuses it as well, are of js.
        CompletionException refused =
                assertThrows(CompletionException.class, () -> await(lawless.put(key, Bytes.utf8("none"))));
        assertInstanceOf(HostException.class, refused.getCause());
        assertEquals(Optional.empty(), await(we.routing().get(key)).value());
        DONE.add(DhtExchange.REFUSED_THERE);
    }

    @Test
    void jsNodesAreAtHomeInANetworkOfOurs() throws IOException {
        Ours first = network.addOurs(List.of());
        for (int i = 1; i < 10; i++) {
            network.addOurs(List.of(first.address()));
        }
        List<Theirs> guests = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            guests.add(network.addTheirs(List.of(first.address()), 10));
        }
        DONE.add(DhtExchange.THEY_JOIN);
        Theirs guest = guests.get(2);
        Ours far = network.ours().get(6);
        isFound(guest, far);
        DONE.add(DhtExchange.THEY_FIND_PEERS);
        Bytes key = putBy(guest, "/x/guest", 5);
        for (Ours each : network.ours()) {
            assertEquals(
                    Optional.of(Bytes.utf8("5")), await(each.routing().get(key)).value());
        }
        assertTrue(await(far.routing().get(key)).copies() >= 10);
        DONE.add(DhtExchange.THEY_PUT);
        await(far.routing().put(Bytes.utf8("/x/host"), Bytes.utf8("6")));
        assertEquals(
                "6",
                network.call(guest, "get", Map.of("key", "/x/host"))
                        .get("value")
                        .getAsString());
        DONE.add(DhtExchange.THEY_READ);
        network.call(guest, "provide", Map.of("content", "guest"));
        assertEquals(List.of(peer(guest)), providers(far, "guest"));
        DONE.add(DhtExchange.THEY_PROVIDE_HERE);
        await(far.routing().provide(multihash("host")));
        assertEquals(
                List.of(far.host().id().text()),
                strings(network.call(guest, "findProviders", Map.of("content", "host")), "providers"));
        DONE.add(DhtExchange.THEY_FIND_PROVIDERS);
        Set<String> oursByPeer =
                network.ours().stream().map(each -> each.host().id().text()).collect(Collectors.toSet());
        List<String> taken = strings(network.call(guest, "put", Map.of("key", "/x/bad", "value", "none")), "taken");
        assertTrue(taken.stream().noneMatch(oursByPeer::contains), taken.toString());
        DONE.add(DhtExchange.REFUSED_HERE);
    }

    @Test
    void aMixedNetworkKeepsEveryRecordThroughARollingRestart() throws IOException {
        Ours first = network.addOurs(List.of());
        for (int i = 1; i < 10; i++) {
            network.addOurs(List.of(first.address()));
            network.addTheirs(List.of(first.address()), Math.min(i, 5));
        }
        network.addTheirs(List.of(first.address()), 5);
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Ours ours = network.ours().get(2 * i);
            await(ours.routing().put(Bytes.utf8("/x/ours-" + i), Bytes.utf8("1")));
            keys.add("/x/ours-" + i);
            putBy(network.theirs().get(2 * i), "/x/theirs-" + i, 1);
            keys.add("/x/theirs-" + i);
        }
        for (Ours each : network.ours()) {
            assertAllFoundBy(network.restart(each, entries(each.address())), keys);
        }
        for (Theirs each : network.theirs()) {
            network.restart(each, entries(each.address()), 1);
        }
        assertAllFoundBy(network.ours().get(0), keys);
        assertAllFoundBy(network.theirs().get(0), keys);
        DONE.add(DhtExchange.ROLLING_RESTART);
    }

    private static void assertAllFoundBy(Ours node, List<String> keys) {
        for (String key : keys) {
            assertEquals(
                    Optional.of(Bytes.utf8("1")),
                    await(node.routing().get(Bytes.utf8(key))).value());
        }
    }

    private void assertAllFoundBy(Theirs node, List<String> keys) {
        for (String key : keys) {
            JsonElement value = network.call(node, "get", Map.of("key", key)).get("value");
            assertEquals("1", value.getAsString());
        }
    }

    /** Some nodes of both kinds, but not the one at {@code address}. */
    private List<String> entries(String address) {
        Stream<String> ours = network.ours().stream().map(Ours::address).filter(each -> !each.equals(address));
        Stream<String> theirs = network.theirs().stream().map(Theirs::address).filter(each -> !each.equals(address));
        return Stream.concat(ours.limit(2), theirs.limit(2)).toList();
    }

    private Bytes putBy(Theirs node, String key, int value) {
        JsonObject put = network.call(node, "put", Map.of("key", key, "value", Integer.toString(value)));
        assertTrue(strings(put, "taken").size() >= 9, put.toString());
        return Bytes.utf8(key);
    }

    private static void findsPeers(Ours we, Theirs wanted) {
        PeerAddresses found = await(we.routing().findPeer(peer(wanted))).orElseThrow();
        assertTrue(found.addresses()
                .contains(MixedNetwork.address(wanted.address()).withoutPeer()));
    }

    private void isFound(Theirs by, Ours wanted) {
        List<String> addresses = strings(
                network.call(by, "findPeer", Map.of("peer", wanted.host().id().text())), "addresses");
        String expected = wanted.host().listenAddresses().get(0).toString();
        assertTrue(addresses.stream().anyMatch(each -> each.startsWith(expected)), addresses.toString());
    }

    private static List<?> providers(Ours we, String content) {
        return await(we.routing().findProviders(multihash(content))).providers().stream()
                .map(PeerAddresses::peer)
                .toList();
    }
}
