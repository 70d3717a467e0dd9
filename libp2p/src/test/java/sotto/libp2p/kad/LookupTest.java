package sotto.libp2p.kad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import sotto.libp2p.host.Routing.Coverage;
import sotto.libp2p.peer.PeerId;
import sotto.libp2p.runtime.Seeds;

/** Proves that a lookup finds the true closest peers of a network in which some are dead and some lie, and keeps its bounds. */
class LookupTest {
    private static final KadLimits.Lookups LIMITS = KadLimits.STANDARD.lookups();
    private static final int PATIENCE = (int) LIMITS.patience().toMillis();

    @Test
    void findsTheTrueClosestPeers() {
        Seeds.forEach(15, random -> {
            World world = new World(random, random.nextInt(1, 400));
            Lookup lookup = world.run(Key.of(Peers.id(random)));
            List<Peer> expected = Peers.sorted(world.alive(), lookup.target());
            assertEquals(expected.subList(0, Math.min(20, expected.size())), lookup.closest());
            assertEquals(lookup.closest().size(), lookup.coverage().answered());
        });
    }

    @Test
    void findsAllThatLiveAmongTheClosest() {
        Seeds.forEach(15, random -> {
            World world = new World(random, 300);
            world.kill(0.3);
            Lookup lookup = world.run(Key.of(Peers.id(random)));
            // Nobody has heard that the dead are dead, so that they take places in all the answers.
            List<Peer> expected = Peers.sorted(world.all(), lookup.target()).subList(0, 20).stream()
                    .filter(peer -> !world.dead.contains(peer))
                    .toList();
            assertEquals(expected, lookup.closest().subList(0, expected.size()));
            assertEquals(new Coverage(20, expected.size()), lookup.coverage());
        });
    }

    @Test
    void findsNearlyAllOfTheClosestAmongLiars() {
        int[] missed = new int[1];
        Seeds.forEach(15, random -> {
            World world = new World(random, 300);
            world.corrupt(0.1);
            Lookup lookup = world.run(Key.of(Peers.id(random)));
            Set<Peer> found = new HashSet<>(lookup.closest());
            Peers.sorted(world.honest(), lookup.target()).stream()
                    .limit(10)
                    .filter(peer -> !found.contains(peer))
                    .forEach(peer -> missed[0]++);
        });
        assertTrue(missed[0] <= 3, () -> "missed " + missed[0] + " of 150");
    }

    @Test
    void doesNotEndBecauseOfWhatTheFirstOneSays() {
        Seeds.forEach(10, random -> {
            World world = new World(random, 100);
            Lookup lookup = world.run(Key.of(Peers.id(random)));
            Set<Peer> closest =
                    new HashSet<>(Peers.sorted(world.alive(), lookup.target()).subList(0, 20));
            assertTrue(world.askedPeers.containsAll(closest));
        });
    }

    @Test
    void asksEachPeerOnceAndNeverMoreAtOnceThanAllowed() {
        Seeds.forEach(8, random -> {
            World world = new World(random, 200);
            world.kill(0.1);
            world.run(Key.of(Peers.id(random)));
            assertEquals(new HashSet<>(world.askedPeers).size(), world.askedPeers.size());
            assertTrue(world.parallelMax <= LIMITS.parallelMax(), () -> "asked " + world.parallelMax + " at once");
        });
    }

    @Test
    void givesAnswersToTheAskingPathAlone() {
        Seeds.forEach(10, random -> {
            // Two strangers to each other: what one says leads nowhere, and must not keep the other's path from ending
            // well.
            Peer liar = Peers.peer(random);
            Peer honest = Peers.peer(random);
            Peer real = Peers.peer(random);
            Lookup lookup = lookup(Key.of(Peers.id(random)), List.of(liar, honest));
            assertTrue(lookup.next(0).isPresent());
            assertTrue(lookup.next(0).isPresent());
            lookup.onSuccess(liar.id(), Peers.many(random, 20));
            lookup.onSuccess(honest.id(), List.of(real));
            List<Peer> asked = new ArrayList<>();
            for (Optional<Peer> next = lookup.next(1); next.isPresent(); next = lookup.next(1)) {
                asked.add(next.get());
            }
            assertTrue(asked.contains(real), "the liar's answers crowd out the honest path");
        });
    }

    @Test
    void waitsNoLongerThanItsPatienceButStillListens() {
        Seeds.forEach(5, random -> {
            Peer slow = Peers.peer(random);
            Peer late = Peers.peer(random);
            Lookup lookup = lookup(Key.of(Peers.id(random)), List.of(slow));
            assertEquals(Optional.of(slow), lookup.next(0));
            assertEquals(PATIENCE, lookup.wakeMillis());
            assertEquals(Optional.empty(), lookup.next(PATIENCE - 1));
            assertFalse(lookup.isFinished());
            lookup.onSuccess(slow.id(), List.of(late));
            assertEquals(Optional.of(late), lookup.next(PATIENCE));
            lookup.next(2L * PATIENCE);
            assertTrue(lookup.isFinished());
            assertEquals(List.of(slow), lookup.closest());
        });
    }

    /** On a slow link everybody is late: then it is this host that has to wait, instead of ending with nobody. */
    @Test
    void waitsForThoseWhoAreLateIfMostAre() {
        Seeds.forEach(5, random -> {
            List<Peer> slow = Peers.many(random, 3);
            Lookup lookup = lookup(Key.of(Peers.id(random)), slow);
            slow.forEach(peer -> assertTrue(lookup.next(0).isPresent()));
            assertEquals(Optional.empty(), lookup.next(PATIENCE));
            assertFalse(lookup.isFinished());
            for (Peer peer : slow) {
                lookup.onSuccess(peer.id(), List.of());
            }
            lookup.next(2L * PATIENCE);
            assertTrue(lookup.isFinished());
            assertEquals(3, lookup.closest().size());
        });
    }

    @Test
    void endsAtItsDeadline() {
        Seeds.forEach(5, random -> {
            long deadline = LIMITS.deadline().toMillis();
            Lookup lookup = lookup(Key.of(Peers.id(random)), Peers.many(random, 20));
            Optional<Peer> next = lookup.next(0);
            // Every answer names peers that are closer and do not exist.
            for (long now = 0; !lookup.isFinished(); now += 100) {
                assertTrue(now <= deadline + 100, "runs for ever");
                for (; next.isPresent(); next = lookup.next(now)) {
                    lookup.onSuccess(next.get().id(), Peers.many(random, 20));
                }
                next = lookup.next(now);
            }
            assertTrue(lookup.asked() <= LIMITS.askedMax());
        });
    }

    @Test
    void believesFewOfOneNetworkAmongTheClosest() {
        Seeds.forEach(10, random -> {
            Key target = Key.of(Peers.id(random));
            World world = new World(random, 200);
            // Sybils from five networks, closer to the target than everybody else.
            List<Peer> crowd = new ArrayList<>();
            for (int i = 0; i < 3_000; i++) {
                crowd.add(Peers.at(random, "99.1." + random.nextInt(5) + "." + random.nextInt(1, 255)));
            }
            List<Peer> sybils = Peers.sorted(crowd, target).subList(0, 40);
            world.invade(sybils);
            Lookup lookup = world.run(target);
            long counted = lookup.closest().stream().filter(sybils::contains).count();
            assertEquals(20, lookup.closest().size());
            assertTrue(counted <= 10, () -> counted + " sybils among the closest");
        });
    }

    @Test
    void ignoresAnswersThatNobodyAskedFor() {
        Seeds.forEach(5, random -> {
            Peer known = Peers.peer(random);
            Peer stranger = Peers.peer(random);
            Lookup lookup = lookup(Key.of(Peers.id(random)), List.of(known));
            lookup.onSuccess(stranger.id(), Peers.many(random, 5));
            lookup.onSuccess(known.id(), Peers.many(random, 5));
            lookup.onFailure(stranger.id());
            assertEquals(Optional.of(known), lookup.next(0));
            assertEquals(Optional.empty(), lookup.next(0));
        });
    }

    private static Lookup lookup(Key target, List<Peer> known) {
        PeerId self = Peers.id(new java.util.SplittableRandom(1));
        return new Lookup(new Lookup.Search(target, self, LIMITS, Diversity.STANDARD), known, 0);
    }

    /** A network that does not change, in which every peer has a routing table of its own. */
    private static final class World {
        final Map<Peer, RoutingTable> tables = new HashMap<>();
        final Set<Peer> dead = new HashSet<>();
        final Set<Peer> liars = new HashSet<>();
        final List<Peer> askedPeers = new ArrayList<>();
        int parallelMax;
        private final RandomGenerator random;
        private final List<Peer> peers;

        World(RandomGenerator random, int size) {
            this.random = random;
            this.peers = new ArrayList<>(Peers.many(random, size));
            for (Peer peer : peers) {
                RoutingTable table = new RoutingTable(peer.key(), KadLimits.STANDARD.table());
                peers.forEach(other -> table.onSeen(other, 0));
                tables.put(peer, table);
            }
        }

        void kill(double share) {
            peers.stream().filter(peer -> random.nextDouble() < share).forEach(dead::add);
        }

        void corrupt(double share) {
            peers.stream().filter(peer -> random.nextDouble() < share).forEach(liars::add);
        }

        /** Everybody near enough has heard of {@code sybils}, who know each other. */
        void invade(List<Peer> sybils) {
            tables.values().forEach(table -> sybils.forEach(sybil -> table.onSeen(sybil, 0)));
            for (Peer sybil : sybils) {
                RoutingTable table = new RoutingTable(sybil.key(), new KadLimits.Table(20, 10, 2, Diversity.UNLIMITED));
                sybils.forEach(other -> table.onSeen(other, 0));
                peers.forEach(other -> table.onSeen(other, 0));
                tables.put(sybil, table);
            }
        }

        List<Peer> all() {
            return List.copyOf(peers);
        }

        List<Peer> alive() {
            return peers.stream().filter(peer -> !dead.contains(peer)).toList();
        }

        List<Peer> honest() {
            return peers.stream().filter(peer -> !liars.contains(peer)).toList();
        }

        /** Looks {@code target} up, each answer taking some time; the dead never answer. */
        Lookup run(Key target) {
            List<Peer> known = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                known.add(peers.get(random.nextInt(peers.size())));
            }
            Lookup lookup = lookup(target, known);
            Map<Peer, Long> underWay = new HashMap<>();
            for (long now = 0; !lookup.isFinished(); now += 10) {
                for (Optional<Peer> next = lookup.next(now); next.isPresent(); next = lookup.next(now)) {
                    askedPeers.add(next.get());
                    underWay.put(next.get(), now + random.nextInt(20, 300));
                }
                long since = now;
                parallelMax = Math.max(parallelMax, (int) underWay.entrySet().stream()
                        .filter(each -> !dead.contains(each.getKey()))
                        .count());
                for (Peer peer : List.copyOf(underWay.keySet())) {
                    if (underWay.getOrDefault(peer, Long.MAX_VALUE) <= since
                            && tables.containsKey(peer)
                            && !dead.contains(peer)) {
                        underWay.remove(peer);
                        lookup.onSuccess(peer.id(), answer(peer, target));
                    }
                }
                lookup.next(now).ifPresent(peer -> {
                    askedPeers.add(peer);
                    underWay.put(peer, since + 50);
                });
            }
            return lookup;
        }

        /** Liars name each other, and peers that do not exist. */
        private List<Peer> answer(Peer peer, Key target) {
            if (!liars.contains(peer)) {
                return Objects.requireNonNull(tables.get(peer)).closest(target, 20);
            }
            List<Peer> named = new ArrayList<>(
                    Peers.sorted(List.copyOf(liars), target).stream().limit(10).toList());
            named.addAll(Peers.many(random, 10));
            return named;
        }
    }
}
