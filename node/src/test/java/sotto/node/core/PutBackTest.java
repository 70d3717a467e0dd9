package sotto.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import sotto.libp2p.runtime.Seeds;
import sotto.node.api.MessageState;

/** Proves that two contacts go on when one of them was put back to an older copy of its files. */
class PutBackTest {
    private final SimPair pair = new SimPair(11);

    @Test
    void whoeverForgotWhatItReceivedGetsWhatIsWrittenFromThenOn() {
        SimNode older = pair.bob.stolen(() -> pair.away);
        SimPair.write(pair.alice, "one");
        SimPair.write(pair.alice, "two");
        pair.time.advance(SimPair.LONG_ENOUGH);
        assertEquals(List.of("one", "two"), SimPair.texts(pair.bob));
        pair.bob.crash();
        SimPair.write(pair.alice, "three");
        older.restart();
        SimPair.write(pair.alice, "four");
        pair.time.advance(SimPair.LONG_ENOUGH);
        assertEquals(List.of("three", "four"), SimPair.texts(older));
        assertAllDelivered(pair.alice);
    }

    /** Whichever of several sessions is there once the stream has begun anew: the seeds decide. */
    @Test
    void whoeverForgotWhatItSentIsHeardAgain() {
        Seeds.forEachSeed(24, PutBackTest::isHeardAgain);
    }

    private static void isHeardAgain(long seed) {
        SimPair pair = new SimPair(seed);
        SimNode older = pair.bob.stolen(() -> pair.away);
        SimPair.write(pair.bob, "one");
        SimPair.write(pair.bob, "two");
        pair.time.advance(SimPair.LONG_ENOUGH);
        pair.bob.crash();
        older.restart();
        SimPair.write(older, "another one");
        pair.time.advance(SimPair.LONG_ENOUGH);
        assertEquals(List.of("one", "two", "another one"), SimPair.texts(pair.alice));
        assertAllDelivered(older);
    }

    /** An acknowledgement of more than was sent makes its stream begin anew, and what waits comes once more under the same id. */
    @Test
    void whatWaitedInTheOlderCopyAndHadArrivedIsThereOnce() {
        pair.network.tear();
        SimPair.write(pair.alice, "one");
        SimNode older = pair.alice.stolen(pair.network::freeAddress);
        pair.network.mend();
        SimPair.write(pair.alice, "two");
        pair.time.advance(SimPair.LONG_ENOUGH);
        assertEquals(List.of("one", "two"), SimPair.texts(pair.bob));
        pair.alice.crash();
        older.restart();
        pair.time.advance(SimPair.LONG_ENOUGH);
        SimPair.write(older, "three");
        pair.time.advance(SimPair.LONG_ENOUGH);
        assertEquals(List.of("one", "two", "three"), SimPair.texts(pair.bob));
        assertAllDelivered(older);
    }

    private static void assertAllDelivered(SimNode who) {
        assertTrue(SimPair.history(who).stream()
                .filter(message -> message.isMine())
                .allMatch(message -> message.state() instanceof MessageState.Delivered));
    }
}
