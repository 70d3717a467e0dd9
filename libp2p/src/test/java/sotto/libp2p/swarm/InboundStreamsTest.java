package sotto.libp2p.swarm;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import sotto.libp2p.host.HostException;
import sotto.libp2p.host.Limits;
import sotto.libp2p.host.ProtocolId;
import sotto.libp2p.yamux.YamuxSession;
import sotto.libp2p.yamux.YamuxStream;

/** Proves that what one connection takes leaves every other its own places, and that places come back exactly once. */
class InboundStreamsTest {
    private final Budget shared = new Budget(1);
    private final InboundStreams greedy = new InboundStreams(2, shared);
    private final InboundStreams modest = new InboundStreams(2, shared);
    private final YamuxSession session = new YamuxSession(true, Limits.STANDARD, () -> Duration.ZERO, new Nobody());

    @Test
    void sharesOnlyWhatGoesBeyondTheOwnPlaces() throws HostException {
        YamuxStream first = session.open();
        assertTrue(greedy.admit(first));
        assertTrue(greedy.admit(session.open()));
        assertTrue(greedy.admit(session.open()));
        YamuxStream refused = session.open();
        assertFalse(greedy.admit(refused));
        greedy.onGone(refused);
        assertTrue(modest.admit(session.open()));
        assertTrue(modest.admit(session.open()));
        assertFalse(modest.admit(session.open()));
        greedy.onGone(first);
        greedy.onGone(first);
        assertTrue(modest.admit(session.open()));
        assertFalse(modest.admit(session.open()));
    }

    @Test
    void boundsTheStreamsOfAProtocolByThemselves() throws HostException {
        Protocols.Entry rare = new Protocols.Entry(new ProtocolId("/rare"), stream -> {}, 1);
        Protocols.Entry other = new Protocols.Entry(new ProtocolId("/other"), stream -> {}, 1);
        YamuxStream first = admitted();
        assertTrue(greedy.mayServe(first, rare));
        assertFalse(greedy.mayServe(admitted(), rare));
        assertTrue(greedy.mayServe(admitted(), other));
        greedy.onGone(first);
        assertFalse(greedy.mayServe(first, rare), "it is gone");
        assertTrue(greedy.mayServe(admitted(), rare));
    }

    private YamuxStream admitted() throws HostException {
        YamuxStream stream = session.open();
        assertTrue(greedy.admit(stream));
        return stream;
    }

    /** Hears nothing. */
    private static final class Nobody implements YamuxSession.Listener {
        @Override
        public void onStream(YamuxStream stream) {}

        @Override
        public void onStreamGone(YamuxStream stream, int left) {}

        @Override
        public void onGoAway() {}

        @Override
        public void onOutput() {}
    }
}
