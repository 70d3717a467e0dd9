package sotto.libp2p.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sotto.libp2p.host.Limits;

/** Proves that budgets give as much as they have, take it back once, and that one address cannot take all. */
class BudgetTest {
    private static final Limits.Connections LIMITS = new Limits.Connections(3, 2, 2, 1, 1);

    private final InetAddress stranger = ip(198, 51, 100, 1);
    private final InetAddress other = ip(198, 51, 100, 2);

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
    void admitsNoMoreFromOneAddressThanTheBound() {
        Admission admission = new Admission(LIMITS);
        secured(admission.accepted(stranger));
        secured(admission.accepted(stranger));
        assertEquals(Optional.empty(), admission.accepted(stranger));
        secured(admission.accepted(other));
    }

    @Test
    void admitsNoMoreInAllThanTheBoundAndTakesPlacesBackOnce() {
        Admission admission = new Admission(LIMITS);
        Admission.Place first = secured(admission.accepted(stranger));
        secured(admission.accepted(stranger));
        secured(admission.dialled());
        assertEquals(Optional.empty(), admission.accepted(other));
        assertEquals(Optional.empty(), admission.dialled());
        first.onGone();
        first.onGone();
        secured(admission.accepted(other));
        assertEquals(Optional.empty(), admission.accepted(other));
    }

    @Test
    void admitsNoMoreOnTheirWayThanTheBoundsOfEachDirection() {
        Admission admission = new Admission(new Limits.Connections(100, 100, 2, 1, 1));
        Admission.Place dialled = admission.dialled().orElseThrow();
        assertEquals(Optional.empty(), admission.dialled());
        Admission.Place accepted = admission.accepted(stranger).orElseThrow();
        assertTrue(admission.accepted(other).isPresent());
        assertEquals(Optional.empty(), admission.accepted(other));
        accepted.onSecured();
        assertTrue(admission.accepted(other).isPresent());
        dialled.onGone();
        assertTrue(admission.dialled().isPresent());
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
