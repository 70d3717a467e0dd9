package sotto.libp2p.kad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import sotto.libp2p.kad.KadLimits.Rate;
import sotto.libp2p.peer.Multiaddr;

/** Proves that the small bounds hold: who may ask how often, what waits for its turn, and whose addresses are dialled. */
class BoundsTest {
    @Test
    void anAllowanceIsSpentAndGrowsBack() {
        Allowances<String> allowances = new Allowances<>(new Rate(10, 3));
        for (int i = 0; i < 3; i++) {
            assertTrue(allowances.take("greedy", 0));
        }
        assertFalse(allowances.take("greedy", 99));
        assertTrue(allowances.take("other", 99));
        assertTrue(allowances.take("greedy", 200));
        for (int i = 0; i < 3; i++) {
            assertTrue(allowances.take("greedy", 10_000));
        }
        assertFalse(allowances.take("greedy", 10_000));
    }

    @Test
    void soManyAreUnderWayAndTheOthersWait() {
        Turns turns = new Turns(2);
        List<CompletableFuture<Integer>> begun = new ArrayList<>();
        List<CompletableFuture<Integer>> outcomes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            outcomes.add(turns.<Integer>take(() -> {
                        begun.add(new CompletableFuture<>());
                        return begun.get(begun.size() - 1);
                    })
                    .toCompletableFuture());
        }
        assertEquals(2, begun.size());
        begun.get(1).complete(1);
        assertEquals(3, begun.size());
        begun.get(0).completeExceptionally(new IllegalStateException("on purpose"));
        assertEquals(4, begun.size());
        assertTrue(outcomes.get(0).isCompletedExceptionally());
        assertEquals(1, outcomes.get(1).join());
    }

    @Test
    void soManyWaitAndTheOthersAreRefused() {
        Turns turns = new Turns(1);
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            boolean isRefused =
                    turns.take(CompletableFuture::new).toCompletableFuture().isCompletedExceptionally();
            refused += isRefused ? 1 : 0;
        }
        assertEquals(5_000 - 4_096 - 1, refused);
    }

    @Test
    void nobodyNamesAddressesNearerThanItsOwn() {
        List<Multiaddr> all = List.of(
                Peers.address("/ip4/127.0.0.1/tcp/1"),
                Peers.address("/ip4/192.168.1.1/tcp/1"),
                Peers.address("/ip4/169.254.1.1/tcp/1"),
                Peers.address("/ip4/20.1.1.1/tcp/1"),
                Peers.address("/dns4/example.org/tcp/1"),
                Peers.address("/ip4/0.0.0.0/tcp/1"),
                Peers.address("/ip4/224.0.0.1/tcp/1"));
        assertEquals(all.subList(3, 4), Reachable.from(all, Peers.address("/ip4/20.9.9.9/tcp/9")));
        assertEquals(List.of(all.get(1), all.get(3)), Reachable.from(all, Peers.address("/ip4/10.0.0.1/tcp/9")));
        assertEquals(
                List.of(all.get(0), all.get(1), all.get(3)),
                Reachable.from(all, Peers.address("/ip4/127.0.0.1/tcp/9")));
    }

    /** Else whoever names addresses in the networks of others takes their places where peers are counted by network. */
    @Test
    void aPeerIsInOneNetworkOfAKind() {
        List<Multiaddr> all = List.of(
                Peers.address("/ip4/20.1.1.1/tcp/1"),
                Peers.address("/ip4/20.1.1.9/tcp/2"),
                Peers.address("/ip4/20.1.2.1/tcp/1"),
                Peers.address("/ip6/2a00:1:2::1/tcp/1"),
                Peers.address("/ip6/2a00:1:3::1/tcp/1"),
                Peers.address("/ip4/192.168.1.1/tcp/1"));
        Peer peer = Peer.of(Peers.id(new SplittableRandom(1)), all);
        assertEquals(List.of(all.get(0), all.get(1), all.get(3), all.get(5)), peer.addresses());
    }
}
