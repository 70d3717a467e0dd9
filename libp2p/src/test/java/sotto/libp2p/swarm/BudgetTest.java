package sotto.libp2p.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sotto.libp2p.host.Limits;

/** Proves that budgets give as much as they have, take it back once, and that nobody can take all and stay. */
class BudgetTest {
    private static final Limits.Connections LIMITS = new Limits.Connections(3, 1, 2, new Limits.Pending(2, 1, 1), 1);

    private final InetAddress stranger = ip(198, 51, 100, 1);
    private final InetAddress other = ip(198, 51, 100, 2);
    private final List<String> closed = new ArrayList<>();

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
        secured(accepted(admission, "first", stranger));
        secured(accepted(admission, "more", stranger));
        assertEquals(Optional.empty(), accepted(admission, "more", stranger));
        secured(accepted(admission, "other", other));
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
        Admission admission = new Admission(LIMITS);
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
        Admission admission = new Admission(LIMITS);
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
    void theOldestHandshakeMakesRoomAndOneAddressHasFew() {
        Admission admission = new Admission(new Limits.Connections(100, 1, 100, new Limits.Pending(2, 1, 1), 1));
        Admission.Place first = accepted(admission, "first", stranger).orElseThrow();
        assertEquals(Optional.empty(), accepted(admission, "too many of one address", stranger));
        accepted(admission, "second", other);
        assertEquals(List.of(), closed);
        accepted(admission, "third", ip(198, 51, 100, 3));
        assertEquals(List.of("first"), closed);
        first.onGone();
        accepted(admission, "fourth", stranger).orElseThrow().onSecured();
        assertEquals(List.of("first", "second"), closed);
        accepted(admission, "fifth", stranger);
        assertEquals(List.of("first", "second"), closed);
    }

    @Test
    void dialsNoMoreAtOnceThanTheBound() {
        Admission admission = new Admission(new Limits.Connections(100, 1, 100, new Limits.Pending(2, 1, 1), 1));
        Admission.Place dialled = admission.dialled().orElseThrow();
        assertEquals(Optional.empty(), admission.dialled());
        dialled.onGone();
        assertTrue(admission.dialled().isPresent());
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
