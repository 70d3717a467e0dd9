package sotto.node.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.runtime.VirtualLoop;
import sotto.libp2p.runtime.VirtualTime;
import sotto.node.api.AccountId;
import sotto.node.wire.SessionMessage;

/** Proves that a session stops its stream when the node falls behind, and always goes on afterwards. */
class SessionTest {
    private static final int MANY = 1_000;

    private final Crypto crypto = CryptoChoice.fastest();
    private final VirtualTime time = new VirtualTime(1);
    private final VirtualLoop loop = time.newLoop("node");
    private final Pipe near = new Pipe();
    private final Pipe far = new Pipe();
    private final List<SessionMessage> received = new ArrayList<>();
    private Session sender;

    @BeforeEach
    void shakeHands() {
        near.join(far);
        sender = Session.begin(crypto, binding(true), near, loop, new Recording(new ArrayList<>()));
        Session.begin(crypto, binding(false), far, loop, new Recording(received));
        time.runUntilIdle();
    }

    @Test
    void stopsReadingWhileTheNodeIsBusyAndGoesOnAfterwards() {
        sendMany();
        assertFalse(far.isReading());
        time.runUntilIdle();
        assertEquals(MANY, received.size());
    }

    @Test
    void goesOnThoughTheNodeCatchesUpBeforeTheStreamHasStopped() {
        far.beforeStopping(time::runUntilIdle);
        sendMany();
        time.runUntilIdle();
        assertEquals(MANY, received.size());
    }

    private void sendMany() {
        Bytes incarnation = Bytes.owning(new byte[SessionMessage.INCARNATION_BYTES]);
        for (int i = 1; i <= MANY; i++) {
            sender.send(new SessionMessage.Acknowledgement(incarnation, i));
        }
    }

    private static SessionBinding binding(boolean isOpener) {
        AccountId opener = new AccountId("01".repeat(32));
        AccountId acceptor = new AccountId("02".repeat(32));
        return new SessionBinding(
                SecretBytes.copyOf(Bytes.owning(new byte[32])),
                Bytes.owning(new byte[32]),
                isOpener ? opener : acceptor,
                isOpener ? acceptor : opener,
                isOpener);
    }

    private record Recording(List<SessionMessage> messages) implements Session.Listener {
        @Override
        public void onReady(Session session) {
            // The test waits for the whole handshake.
        }

        @Override
        public void onMessage(Session session, SessionMessage message) {
            messages.add(message);
        }

        @Override
        public void onClosed(Session session) {
            throw new AssertionError("nobody closes these sessions");
        }
    }
}
