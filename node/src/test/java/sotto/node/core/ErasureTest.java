package sotto.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import sotto.node.api.InvitationTerms;

/** Proves that what is removed is erased from the files, whenever the process is killed in between. */
class ErasureTest {
    private static final int REMOVAL_MILLIS = 400;

    @Test
    void whoeverIsKilledAfterRemovingErasesAtTheNextStart() {
        boolean wasCutShort = false;
        for (int millis = 0; millis < REMOVAL_MILLIS; millis += 4) {
            SimPair pair = new SimPair(millis);
            pair.alice.node().removeContact(SimPair.contactOf(pair.alice).id());
            pair.time.advance(Duration.ofMillis(millis));
            pair.alice.crash();
            int erasedBefore = pair.alice.disk().erasures();
            pair.alice.restart();
            boolean isGone = pair.alice.await(pair.alice.node().contacts()).isEmpty();
            pair.time.advance(Duration.ofMinutes(1));
            assertTrue(!isGone || pair.alice.disk().erasures() > 0, "nothing was erased, killed after " + millis);
            wasCutShort |= isGone && erasedBefore == 0;
        }
        assertTrue(wasCutShort, "no kill fell between removal and erasure");
    }

    @Test
    void whatIsErasedIsNotErasedAgain() {
        SimPair pair = new SimPair(1);
        pair.alice.await(
                pair.alice.node().removeContact(SimPair.contactOf(pair.alice).id()));
        assertEquals(1, pair.alice.disk().erasures());
        pair.time.advance(Duration.ofHours(3));
        pair.alice.crash();
        pair.alice.restart();
        pair.time.advance(Duration.ofHours(3));
        assertEquals(1, pair.alice.disk().erasures());
    }

    @Test
    void anInvitationIsForgottenAndErasedWithoutARestart() {
        SimPair pair = new SimPair(1);
        pair.time.advance(InvitationTerms.DEFAULT_LIFETIME.plusDays(29));
        assertEquals(1, pair.alice.await(pair.alice.node().invitations()).size());
        assertEquals(0, pair.alice.disk().erasures());
        pair.time.advance(Duration.ofDays(1).plusHours(2));
        assertEquals(List.of(), pair.alice.await(pair.alice.node().invitations()));
        assertEquals(1, pair.alice.disk().erasures());
    }
}
