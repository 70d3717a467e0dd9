package sotto.libp2p.kad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import sotto.libp2p.kad.RoutingTable.Outcome;
import sotto.libp2p.peer.PeerId;
import sotto.libp2p.runtime.Seeds;

/** Proves that the table knows the closest of all it holds, keeps who lives, and believes no network too much. */
class RoutingTableTest {
    private static final KadLimits.Table LIMITS = KadLimits.STANDARD.table();
    private static final KadLimits.Table UNLIMITED = new KadLimits.Table(20, 10, 2, Diversity.UNLIMITED);

    @Test
    void namesTheSameClosestPeersAsSortingThemAll() {
        Seeds.forEach(50, random -> {
            RoutingTable table = table(random, UNLIMITED);
            List<Peer> held = new ArrayList<>();
            for (Peer peer : Peers.many(random, random.nextInt(1, 800))) {
                if (table.onSeen(peer, 0) == Outcome.ADDED) {
                    held.add(peer);
                }
            }
            assertEquals(held.size(), table.size());
            for (int i = 0; i < 20; i++) {
                Key target = Key.of(Peers.id(random));
                int count = random.nextInt(1, 30);
                List<Peer> expected =
                        Peers.sorted(held, target).stream().limit(count).toList();
                assertEquals(expected, table.closest(target, count));
            }
        });
    }

    @Test
    void keepsThePeersNearestToItself() {
        Seeds.forEach(20, random -> {
            Key self = Key.of(Peers.id(random));
            RoutingTable table = new RoutingTable(self, UNLIMITED);
            List<Peer> all = Peers.many(random, 2_000);
            all.forEach(peer -> table.onSeen(peer, 0));
            List<Peer> nearest = Peers.sorted(all, self).subList(0, 10);
            assertEquals(nearest, table.closest(self, 10));
        });
    }

    @Test
    void givesThePlaceOfAPeerThatFailsToTheOneThatCameLast() {
        Seeds.forEach(20, random -> {
            RoutingTable table = table(random, UNLIMITED);
            List<Peer> waiting = new ArrayList<>();
            List<Peer> placed = new ArrayList<>();
            for (Peer peer : far(table, random, 25)) {
                (table.onSeen(peer, 0) == Outcome.ADDED ? placed : waiting).add(peer);
            }
            assertEquals(20, placed.size());
            table.onFailure(placed.get(3).id(), 1);
            assertFalse(table.contains(placed.get(3).id()));
            assertTrue(table.contains(waiting.get(4).id()));
            assertEquals(20, table.size());
        });
    }

    @Test
    void keepsAPeerThatFailsOnceWhereNobodyWaitsButTellsNobodyOfIt() {
        Seeds.forEach(5, random -> {
            RoutingTable table = table(random, UNLIMITED);
            Peer peer = Peers.peer(random);
            table.onSeen(peer, 0);
            table.onFailure(peer.id(), 1);
            assertTrue(table.contains(peer.id()));
            assertEquals(List.of(), table.closest(peer.key(), 1));
            table.onSeen(peer, 2);
            assertEquals(List.of(peer), table.closest(peer.key(), 1));
            table.onFailure(peer.id(), 3);
            table.onFailure(peer.id(), 4);
            assertFalse(table.contains(peer.id()));
        });
    }

    @Test
    void asksTheOldestFirstWhetherItLivesIfOthersWait() {
        Seeds.forEach(10, random -> {
            RoutingTable table = table(random, UNLIMITED);
            List<Peer> peers = far(table, random, 21);
            for (int i = 0; i < peers.size(); i++) {
                table.onSeen(peers.get(i), i);
            }
            table.onSeen(peers.get(0), 100);
            assertEquals(List.of(), table.toCheck(100, 1_000, 5));
            assertEquals(List.of(peers.get(1)), table.toCheck(150, 1_000, 5));
            assertEquals(List.of(), table.toCheck(151, 1_000, 5));
        });
    }

    /** Else a full bucket would be asked all around within the time in which one of it should be. */
    @Test
    void asksOneAfterTheOtherWhetherItLivesIfOthersWait() {
        Seeds.forEach(10, random -> {
            RoutingTable table = table(random, UNLIMITED);
            List<Peer> peers = far(table, random, 21);
            peers.forEach(peer -> table.onSeen(peer, 0));
            assertEquals(List.of(peers.get(0)), table.toCheck(100, 1_000, 5));
            table.onSeen(peers.get(0), 100);
            assertEquals(List.of(), table.toCheck(199, 1_000, 5));
            assertEquals(List.of(peers.get(1)), table.toCheck(200, 1_000, 5));
        });
    }

    @Test
    void asksWhoeverWasNotHeardOfForLong() {
        Seeds.forEach(5, random -> {
            RoutingTable table = table(random, UNLIMITED);
            Peer quiet = Peers.peer(random);
            Peer fresh = Peers.peer(random);
            table.onSeen(quiet, 0);
            table.onSeen(fresh, 500);
            assertEquals(List.of(), table.toCheck(999, 1_000, 5));
            assertEquals(List.of(quiet), table.toCheck(1_000, 1_000, 5));
        });
    }

    @Test
    void believesFewPeersOfOneNetwork() {
        Seeds.forEach(20, random -> {
            RoutingTable table = table(random, LIMITS);
            for (int i = 0; i < 500; i++) {
                table.onSeen(Peers.at(random, "99.1.2." + random.nextInt(1, 255)), 0);
            }
            assertTrue(table.size() <= LIMITS.diversity().perTableMax(), () -> "holds " + table.size());
            Peer other = Peers.at(random, "99.1.3.1");
            assertEquals(Outcome.ADDED, table.onSeen(other, 0));
        });
    }

    @Test
    void believesFewPeersOfOneNetworkInABucket() {
        Seeds.forEach(20, random -> {
            RoutingTable table = table(random, LIMITS);
            List<Peer> crowd = far(table, random, 40).stream()
                    .map(peer ->
                            peer.at(List.of(Peers.address("/ip6/2001:db8:1:" + random.nextInt(1, 999) + "::1/tcp/1"))))
                    .toList();
            crowd.forEach(peer -> table.onSeen(peer, 0));
            assertEquals(2, table.size());
        });
    }

    @Test
    void aPeerThatMovesIntoACrowdedNetworkKeepsItsOldAddress() {
        Seeds.forEach(5, random -> {
            RoutingTable table = table(random, LIMITS);
            List<Peer> peers = far(table, random, 3);
            table.onSeen(peers.get(0).at(List.of(Peers.address("/ip4/99.1.2.1/tcp/1"))), 0);
            table.onSeen(peers.get(1).at(List.of(Peers.address("/ip4/99.1.2.2/tcp/1"))), 0);
            table.onSeen(peers.get(2).at(List.of(Peers.address("/ip4/98.1.2.2/tcp/1"))), 0);
            table.onSeen(peers.get(2).at(List.of(Peers.address("/ip4/99.1.2.3/tcp/1"))), 1);
            Peer kept = table.closest(peers.get(2).key(), 1).get(0);
            assertEquals(List.of(Peers.address("/ip4/98.1.2.2/tcp/1")), kept.addresses());
        });
    }

    @Test
    void countsNeitherLoopbackNorWhereToldSoThisSite() {
        Seeds.forEach(5, random -> {
            RoutingTable loopback = table(random, LIMITS);
            RoutingTable site = table(random, new KadLimits.Table(20, 10, 2, Diversity.ONE_SITE));
            RoutingTable strict = table(random, LIMITS);
            far(loopback, random, 15)
                    .forEach(peer -> loopback.onSeen(peer.at(List.of(Peers.address("/ip4/127.0.0.1/tcp/1"))), 0));
            far(site, random, 15)
                    .forEach(peer -> site.onSeen(peer.at(List.of(Peers.address("/ip4/192.168.1.7/tcp/1"))), 0));
            far(strict, random, 15)
                    .forEach(peer -> strict.onSeen(peer.at(List.of(Peers.address("/ip4/192.168.1.7/tcp/1"))), 0));
            assertEquals(15, loopback.size());
            assertEquals(15, site.size());
            assertEquals(2, strict.size());
        });
    }

    @Test
    void makesTargetsForThePartsThatWereNotLookedThrough() {
        Seeds.forEach(5, random -> {
            Key self = Key.of(Peers.id(random));
            RoutingTable table = new RoutingTable(self, UNLIMITED);
            Peers.many(random, 300).forEach(peer -> table.onSeen(peer, 0));
            int first = table.bucketToRefresh(0).orElseThrow();
            assertEquals(0, first);
            PeerId target = table.refreshTarget(first, random);
            assertEquals(0, self.sharedPrefixBits(Key.of(target)));
            table.onLookup(Key.of(target), 5);
            assertEquals(1, table.bucketToRefresh(4).orElseThrow());
            assertEquals(0, table.bucketToRefresh(5).orElseThrow());
        });
    }

    @Test
    void listsPeersMostRecentlySeenFirst() {
        Seeds.forEach(5, random -> {
            RoutingTable table = table(random, UNLIMITED);
            List<Peer> peers = Peers.many(random, 5);
            for (int i = 0; i < 5; i++) {
                table.onSeen(peers.get(i), i);
            }
            table.onSeen(peers.get(1), 9);
            assertEquals(List.of(peers.get(1), peers.get(4), peers.get(3), peers.get(2), peers.get(0)), table.peers());
        });
    }

    private static RoutingTable table(RandomGenerator random, KadLimits.Table limits) {
        return new RoutingTable(Key.of(Peers.id(random)), limits);
    }

    /** Peers of the furthest bucket. */
    private static List<Peer> far(RoutingTable table, RandomGenerator random, int count) {
        List<Peer> found = new ArrayList<>();
        while (found.size() < count) {
            PeerId id = table.refreshTarget(0, random);
            found.add(Peer.of(id, Peers.peer(random).addresses()));
        }
        return found;
    }
}
