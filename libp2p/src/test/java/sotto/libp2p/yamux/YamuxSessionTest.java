package sotto.libp2p.yamux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.Limits;
import sotto.libp2p.runtime.Seeds;

/** Proves that streams carry what was written, whole and in order, however the wire cuts it, and that both ends forget them. */
class YamuxSessionTest {
    @Test
    void carriesManyStreamsBothWaysAtOnce() {
        Seeds.forEach(20, random -> {
            SessionPair pair = new SessionPair(Limits.STANDARD);
            List<Talk> talks = new ArrayList<>();
            for (int i = 1 + random.nextInt(10); i > 0; i--) {
                talks.add(new Talk(pair, random));
            }
            pair.exchange(random);
            talks.forEach(Talk::check);
            assertEquals(0, pair.client.session.streamCount());
            assertEquals(0, pair.server.session.streamCount());
        });
    }

    @Test
    void carriesMoreThanManyWindows() {
        Seeds.forEach(3, random -> {
            SessionPair pair = new SessionPair(Limits.STANDARD);
            YamuxStream stream = pair.client.session.open();
            long total = 64 << 20;
            Bytes piece = Bytes.owning(new byte[65_536]);
            pump(stream, piece, total);
            pair.exchange(random);
            Counter counter = new Counter();
            pair.server.accepted.remove().read(counter);
            pair.exchange(random);
            assertEquals(total, counter.received);
        });
    }

    private static void pump(YamuxStream stream, Bytes piece, long left) {
        if (left > 0) {
            CompletableFuture<Void> written = new CompletableFuture<>();
            var unused = written.thenRun(() -> pump(stream, piece, left - piece.size()));
            stream.write(piece, written);
        }
    }

    private static final class Counter implements sotto.libp2p.host.Stream.Reader {
        private long received;

        @Override
        public void onBytes(Bytes bytes) {
            received += bytes.size();
        }

        @Override
        public void onEnd() {}

        @Override
        public void onReset() {}
    }

    /** One stream with something to say in both directions. */
    private static final class Talk {
        private final Collector atClient = new Collector();
        private final Collector atServer = new Collector();
        private final Bytes question;
        private final Bytes answer;

        Talk(SessionPair pair, RandomGenerator random) throws Exception {
            question = Bytes.owning(Seeds.bytes(random, 600_000));
            answer = Bytes.owning(Seeds.bytes(random, 600_000));
            YamuxStream stream = pair.client.session.open();
            stream.read(atClient);
            stream.write(question, new CompletableFuture<>());
            stream.closeWrite();
            pair.exchange(random);
            YamuxStream accepted = pair.server.accepted.remove();
            accepted.read(atServer);
            accepted.write(answer, new CompletableFuture<>());
            accepted.closeWrite();
        }

        void check() {
            assertEquals(question, atServer.bytes());
            assertEquals(answer, atClient.bytes());
            assertEquals(1, atServer.ends);
            assertEquals(1, atClient.ends);
            assertEquals(0, atServer.resets + atClient.resets);
        }
    }
}
