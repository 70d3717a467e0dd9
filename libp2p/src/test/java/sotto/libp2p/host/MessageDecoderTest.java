package sotto.libp2p.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.runtime.Seeds;

/** Proves that messages come out of a run of bytes as they went in, however it was cut, and that no length makes it grow. */
class MessageDecoderTest {
    private static final int MAX = 20_000;

    @Test
    void findsMessagesHoweverTheRunIsCut() {
        Seeds.forEach(300, random -> {
            List<Bytes> sent = new ArrayList<>();
            Bytes run = Bytes.EMPTY;
            for (int i = random.nextInt(5); i >= 0; i--) {
                Bytes message = Bytes.owning(Seeds.bytes(random, random.nextBoolean() ? 3 : MAX));
                sent.add(message);
                run = Bytes.concat(run, MessageDecoder.encode(message));
            }
            List<Bytes> received = new ArrayList<>();
            MessageDecoder decoder = new MessageDecoder(MAX);
            for (int at = 0; at < run.size(); ) {
                int next = Math.min(run.size(), at + 1 + random.nextInt(random.nextBoolean() ? 2 : 9000));
                decoder.feed(run.slice(at, next), received::add);
                at = next;
            }
            assertEquals(sent, received);
            assertTrue(decoder.isBetweenMessages());
        });
    }

    @Test
    void anyBytesAreMessagesOrAWireException() {
        Seeds.forEach(2_000, random -> {
            MessageDecoder decoder = new MessageDecoder(100);
            try {
                decoder.feed(Bytes.owning(Seeds.bytes(random, 400)), message -> assertTrue(message.size() <= 100));
            } catch (WireException refused) {
                return; // The other allowed outcome.
            }
        });
    }

    @Test
    void refusesALengthAboveTheBoundBeforeTheMessageComes() {
        assertRefused("a101", 160); // 161
        assertRefused("ffffffff0f", 1000);
        assertRefused("ffffffffffffffff7f", Integer.MAX_VALUE);
    }

    @Test
    void refusesALengthThatIsLongerThanItNeedsToBe() {
        assertRefused("8100", 1000);
    }

    @Test
    void knowsWhetherTheRunMayEnd() throws WireException {
        MessageDecoder decoder = new MessageDecoder(1000);
        assertTrue(decoder.isBetweenMessages());
        decoder.feed(Bytes.ofHex("81"), message -> {});
        assertFalse(decoder.isBetweenMessages(), "within a length");
        decoder.feed(Bytes.ofHex("01"), message -> {});
        assertFalse(decoder.isBetweenMessages(), "within a message");
    }

    @Test
    void holdsNothingForAMessageThatIsOnlyAnnounced() throws WireException {
        Bytes announcement = MessageDecoder.encode(Bytes.owning(new byte[MAX])).slice(0, 3);
        MessageDecoder[] decoders = new MessageDecoder[1_000];
        long before = allocatedBytes();
        for (int i = 0; i < decoders.length; i++) {
            decoders[i] = new MessageDecoder(MAX);
            decoders[i].feed(announcement, message -> {});
        }
        long each = (allocatedBytes() - before) / decoders.length;
        assertTrue(each < 256, each + " bytes for an announcement of " + announcement.size());
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static void assertRefused(String hex, int messageBytesMax) {
        MessageDecoder decoder = new MessageDecoder(messageBytesMax);
        assertThrows(WireException.class, () -> decoder.feed(Bytes.ofHex(hex), message -> {}));
    }
}
