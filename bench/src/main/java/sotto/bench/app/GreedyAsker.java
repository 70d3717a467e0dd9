package sotto.bench.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.kad.Request;
import sotto.libp2p.runtime.Entropy;
import sotto.libp2p.runtime.MachineClock;

/** Asks many questions at once, and as soon as they are answered or refused as many again, until a moment. Thread-safe. */
final class GreedyAsker {
    private static final int AT_ONCE = 16;

    private final AskingPeer peer;
    private final Duration end;
    private final AtomicLong offered = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    GreedyAsker(AskingPeer peer, Duration end) {
        this.peer = peer;
        this.end = end;
    }

    void begin() {
        if (MachineClock.uptime().compareTo(end) >= 0 || !peer.isConnected()) {
            return;
        }
        List<Request.FindNode> requests = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            byte[] key = new byte[32];
            Entropy.secure().nextBytes(key);
            requests.add(new Request.FindNode(Bytes.owning(key)));
        }
        offered.addAndGet(AT_ONCE);
        peer.askAll(requests).whenCompleteAsync((answer, failure) -> {
            (failure == null ? answered : refused).addAndGet(AT_ONCE);
            begin();
        });
    }

    long offered() {
        return offered.get();
    }

    /** Of bunches that were answered to the last question. */
    long answered() {
        return answered.get();
    }

    /** Of bunches in which a question was refused, and those after it with it. */
    long refused() {
        return refused.get();
    }
}
