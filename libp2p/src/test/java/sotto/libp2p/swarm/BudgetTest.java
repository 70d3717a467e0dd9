package sotto.libp2p.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import sotto.libp2p.host.HostMeter.Refusal;
import sotto.libp2p.host.Limits;
import sotto.libp2p.host.Refusals;

/** Proves that budgets give as much as they have, take it back once, and that nobody can take all and stay. */
class BudgetTest {
    private static final Limits.Arrivals MANY = new Limits.Arrivals(60_000, 10_000);
    private static final Limits.Connections LIMITS = limits(3, 2, new Limits.Pending(2, 1, 1));
    private static final Limits.Connections HANDSHAKES = limits(100, 100, new Limits.Pending(2, 1, 1));

    private final InetAddress stranger = ip(198, 51, 100, 1);
    private final InetAddress other = ip(198, 51, 100, 2);
    private final List<String> closed = new ArrayList<>();
    private final Refusals refusals = new Refusals();
    private Duration now = Duration.ofDays(1);

    @Test
    void givesWhatItHasAndTakesItBack() {
        Budget budget = new Budget(2);
        assertTrue(budget.take());
        assertTrue(budget.take());
        assertFalse(budget.take());
        budget.giveBack();
        assertTrue(budget.take());
        assertFalse(budget.take());
    }

    @Test
    void limitsEveryAddressByItselfButNotThisMachine() {
        AddressBudget budget = new AddressBudget(1);
        assertTrue(budget.take(stranger));
        assertFalse(budget.take(stranger));
        assertTrue(budget.take(other));
        budget.giveBack(stranger);
        assertTrue(budget.take(stranger));
        assertTrue(budget.take(InetAddress.getLoopbackAddress()));
        assertTrue(budget.take(InetAddress.getLoopbackAddress()));
    }

    @Test
    void admitsArrivalsOnlyAsFastAsTheirNetworkMayCome() {
        Limits.Pending pending = new Limits.Pending(100, 100, 1);
        Admission admission = admission(new Limits.Connections(100, 1, 100, pending, 1, new Limits.Arrivals(60, 2)));
        assertTrue(accepted(admission, "first", stranger).isPresent());
        assertTrue(accepted(admission, "second", stranger).isPresent());
        assertEquals(Optional.empty(), accepted(admission, "too fast", stranger));
        assertTrue(accepted(admission, "other", other).isPresent());
        now = now.plusSeconds(1);
        assertTrue(accepted(admission, "third", stranger).isPresent());
        assertEquals(Optional.empty(), accepted(admission, "too fast", stranger));
        assertEquals(List.of(Refusal.NETWORK_TOO_FAST, Refusal.NETWORK_TOO_FAST), refusals.all());
        for (int i = 0; i < 10; i++) {
            assertTrue(accepted(admission, "here", InetAddress.getLoopbackAddress())
                    .isPresent());
        }
    }

    @Test
    void remembersABoundedNumberOfNetworks() {
        ArrivalRate rate = new ArrivalRate(new Limits.Arrivals(60, 1), () -> now);
        for (int i = 0; i < 3 * ArrivalRate.NETWORKS_MAX; i++) {
            assertTrue(rate.take(ip(198, i >> 16, i >> 8, i)));
            assertTrue(rate.size() <= ArrivalRate.NETWORKS_MAX);
        }
    }

    @Test
    void countsWhoeverLosesByTheBoundThatDidIt() {
        Admission admission = admission(limits(3, 1, new Limits.Pending(1, 1, 1)));
        Admission.Place first = accepted(admission, "first", stranger).orElseThrow();
        Admission.Place second = accepted(admission, "second", other).orElseThrow();
        assertEquals(List.of(Refusal.HANDSHAKES_FULL), refusals.all());
        assertTrue(first.hasMadeRoom());
        second.onSecured();
        secured(accepted(admission, "third", other)).keep();
        assertTrue(second.hasMadeRoom());
        assertEquals(Optional.empty(), accepted(admission, "fourth", other));
        assertEquals(List.of(Refusal.HANDSHAKES_FULL, Refusal.NETWORK_FULL, Refusal.NETWORK_FULL), refusals.all());
        secured(accepted(admission, "fifth", stranger));
        secured(accepted(admission, "sixth", ip(198, 51, 100, 3)));
        assertEquals(List.of("first", "second", "fifth"), closed);
        assertEquals(Refusal.CONNECTIONS_FULL, refusals.all().get(3));
        assertEquals(4, refusals.all().size());
    }

    @Test
    void admitsNoMoreFromOneAddressThanTheBound() {
        Admission admission = admission(LIMITS);
        secured(accepted(admission, "first", stranger));
        secured(accepted(admission, "second", stranger)).keep();
        secured(accepted(admission, "third", stranger)).keep();
        assertEquals(List.of("first"), closed);
        assertEquals(Optional.empty(), accepted(admission, "fourth", stranger));
        assertEquals(List.of("first"), closed);
    }

    @Test
    void whoStaysSilentDoesNotShutOutItsNeighbours() {
        Admission admission = admission(limits(100, 100, new Limits.Pending(50, 4, 1)));
        for (int i = 0; i < 4; i++) {
            accepted(admission, "elsewhere", ip(203, 0, 113, i));
        }
        for (int i = 0; i < 4; i++) {
            accepted(admission, "silent", stranger);
        }
        assertEquals(List.of(), closed);
        secured(accepted(admission, "neighbour", stranger));
        assertEquals(List.of("silent"), closed);
    }

    @Test
    void countsAnIp6NetworkAsOneAddress() {
        AddressBudget budget = new AddressBudget(1);
        assertTrue(budget.take(ip(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)));
        assertFalse(budget.take(ip(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8)));
        assertTrue(budget.take(ip(0x20, 1, 0xd, 0xb8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1)));
    }

    @Test
    void theOldestThatIsNotKeptMakesRoom() {
        Admission admission = admission(LIMITS);
        Admission.Place kept = secured(accepted(admission, "kept", stranger));
        kept.keep();
        secured(accepted(admission, "second", stranger));
        Admission.Place third = secured(accepted(admission, "third", other));
        assertEquals(List.of("second"), closed);
        third.keep();
        assertEquals(Optional.empty(), accepted(admission, "fourth", other));
        third.onGone();
        third.onGone();
        secured(accepted(admission, "fourth", other)).keep();
        assertEquals(List.of("second"), closed);
        kept.letGo();
        secured(accepted(admission, "fifth", other));
        assertEquals(List.of("second", "kept"), closed);
    }

    @Test
    void leavesTheDialledTheirOwnPlacesAndThoseOfTheUnkept() {
        Admission admission = admission(LIMITS);
        secured(accepted(admission, "first", stranger));
        secured(accepted(admission, "second", other));
        secured(admission.dialled());
        assertEquals(List.of(), closed);
        Admission.Place dialled = secured(admission.dialled());
        assertEquals(List.of("first"), closed);
        secured(admission.dialled());
        assertEquals(List.of("first", "second"), closed);
        assertEquals(Optional.empty(), admission.dialled());
        assertEquals(Optional.empty(), accepted(admission, "third", other));
        dialled.onGone();
        secured(accepted(admission, "third", other));
    }

    @Test
    void aLotIsDrawnAmongTheOlderHalf() {
        RandomGenerator random = new SplittableRandom(1);
        Set<String> everClosed = new HashSet<>();
        for (int round = 0; round < 100; round++) {
            closed.clear();
            Admission admission = admission(limits(100, 100, new Limits.Pending(8, 1, 1)), random);
            for (int i = 0; i < 9; i++) {
                accepted(admission, "" + i, ip(198, 51, 100, i));
            }
            assertEquals(1, closed.size());
            everClosed.addAll(closed);
        }
        assertEquals(Set.of("0", "1", "2", "3"), everClosed);
    }

    @Test
    void theOldestHandshakeMakesRoomAndOneAddressHasFew() {
        Admission admission = admission(HANDSHAKES);
        Admission.Place first = accepted(admission, "first", stranger).orElseThrow();
        accepted(admission, "another of its address", stranger);
        assertEquals(List.of("first"), closed);
        first.onGone();
        accepted(admission, "second", other);
        assertEquals(List.of("first"), closed);
        accepted(admission, "third", ip(198, 51, 100, 3));
        assertEquals(List.of("first", "another of its address"), closed);
        accepted(admission, "fourth", stranger).orElseThrow().onSecured();
        assertEquals(List.of("first", "another of its address", "second"), closed);
        accepted(admission, "fifth", stranger);
        assertEquals(List.of("first", "another of its address", "second"), closed);
    }

    @Test
    void dialsNoMoreAtOnceThanTheBound() {
        Admission admission = admission(HANDSHAKES);
        Admission.Place dialled = admission.dialled().orElseThrow();
        assertEquals(Optional.empty(), admission.dialled());
        dialled.onGone();
        assertTrue(admission.dialled().isPresent());
    }

    private Admission admission(Limits.Connections limits) {
        return admission(limits, new SplittableRandom(1));
    }

    private Admission admission(Limits.Connections limits, RandomGenerator random) {
        return new Admission(limits, random, refusals, () -> now);
    }

    private static Limits.Connections limits(int max, int perAddressMax, Limits.Pending pending) {
        return new Limits.Connections(max, 1, perAddressMax, pending, 1, MANY);
    }

    private Optional<Admission.Place> accepted(Admission admission, String name, InetAddress from) {
        return admission.accepted(from, () -> closed.add(name));
    }

    private static Admission.Place secured(Optional<Admission.Place> admitted) {
        Admission.Place place = admitted.orElseThrow();
        place.onSecured();
        return place;
    }

    private static InetAddress ip(int... parts) {
        byte[] address = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            address[i] = (byte) parts[i];
        }
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
