package sotto.libp2p.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;

/** Proves that whole messages come out of a stream, and that one which is no message resets it, once. */
class MessageStreamTest {
    private final ScriptedStream stream = new ScriptedStream();
    private final Heard heard = new Heard();

    @Test
    void deliversWholeMessagesAndTheEnd() {
        read(10);
        stream.receive("03616263");
        stream.receive("02");
        stream.receive("6465");
        stream.end();
        assertEquals(List.of(Bytes.utf8("abc"), Bytes.utf8("de")), heard.messages);
        assertEquals(1, heard.ends);
        assertFalse(stream.wasReset);
    }

    @Test
    void writesTheLengthBeforeTheMessage() {
        new MessageStream(stream, 10).write(Bytes.utf8("abc"));
        assertEquals(List.of(Bytes.ofHex("03616263")), stream.written);
    }

    @Test
    void resetsOnAMessageAboveTheBoundAndIgnoresTheRest() {
        read(2);
        stream.receive("0261620361626302");
        stream.receive("026162");
        stream.end();
        assertEquals(List.of(Bytes.utf8("ab")), heard.messages);
        assertTrue(stream.wasReset);
        assertEquals(1, heard.resets);
        assertEquals(0, heard.ends);
    }

    @Test
    void resetsOnAMessageThatIsCutShort() {
        read(10);
        stream.receive("0361");
        stream.end();
        assertTrue(stream.wasReset);
        assertEquals(1, heard.resets);
        assertEquals(0, heard.ends);
    }

    private void read(int messageBytesMax) {
        new MessageStream(stream, messageBytesMax).read(heard);
    }

    /** Remembers what it was told. */
    private static final class Heard implements MessageStream.Reader {
        private final List<Bytes> messages = new ArrayList<>();
        private int ends;
        private int resets;

        @Override
        public void onMessage(Bytes message) {
            messages.add(message);
        }

        @Override
        public void onEnd() {
            ends++;
        }

        @Override
        public void onReset() {
            resets++;
        }
    }

    /** A stream whose other end is the test. */
    private static final class ScriptedStream implements Stream {
        private final List<Bytes> written = new ArrayList<>();
        private @Nullable Reader reader;
        private boolean wasReset;

        void receive(String hex) {
            reader().onBytes(Bytes.ofHex(hex));
        }

        void end() {
            reader().onEnd();
        }

        private Reader reader() {
            if (reader == null) {
                throw new AssertionError("nobody reads");
            }
            return reader;
        }

        @Override
        public ProtocolId protocol() {
            return new ProtocolId("/test");
        }

        @Override
        public Connection connection() {
            throw new AssertionError("not of interest here");
        }

        @Override
        public void read(Reader next) {
            reader = next;
        }

        @Override
        public void setReading(boolean isReading) {}

        @Override
        public CompletionStage<Void> write(Bytes bytes) {
            written.add(bytes);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void closeWrite() {}

        @Override
        public void reset() {
            wasReset = true;
            reader().onReset();
        }
    }
}
