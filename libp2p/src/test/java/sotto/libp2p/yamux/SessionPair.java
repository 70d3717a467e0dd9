package sotto.libp2p.yamux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.host.Limits;

/** Two sessions, one at each end of a wire that a test moves bytes along, in pieces as large as it likes. */
final class SessionPair {
    final End client;
    final End server;
    Duration now = Duration.ZERO;

    SessionPair(Limits limits) {
        client = new End(true, limits);
        server = new End(false, limits);
    }

    /** Moves bytes both ways until there are none; pieces are random in size. */
    void exchange(RandomGenerator random) throws WireException {
        while (client.session.hasOutput() || server.session.hasOutput()) {
            move(client, server, random);
            move(server, client, random);
        }
    }

    private static void move(End from, End to, RandomGenerator random) throws WireException {
        // Often exactly the room that the session asks for, as a driver gives it.
        ByteBuf all = from.output(random.nextBoolean() ? from.session.outputBytes() : 36 + random.nextInt(100_000));
        while (all.isReadable()) {
            to.session.receive(all.readSlice(Math.min(all.readableBytes(), 1 + random.nextInt(70_000))));
        }
    }

    /** One end, and what it heard. */
    final class End implements YamuxSession.Listener {
        final YamuxSession session;
        final Queue<YamuxStream> accepted = new ArrayDeque<>();
        int left;
        boolean isRemoteGoingAway;

        End(boolean isClient, Limits limits) {
            session = new YamuxSession(isClient, limits, () -> now, this);
        }

        /** What the session has to send, as far as it fits into {@code roomBytes}. */
        ByteBuf output(int roomBytes) {
            ByteBuf out = Unpooled.buffer(roomBytes, roomBytes);
            List<CompletableFuture<Void>> finished = new ArrayList<>();
            session.sendTo(out, finished);
            finished.forEach(written -> written.complete(null));
            return out;
        }

        @Override
        public void onStream(YamuxStream stream) {
            accepted.add(stream);
        }

        @Override
        public void onStreamGone(YamuxStream stream, int left) {
            this.left = left;
        }

        @Override
        public void onGoAway() {
            isRemoteGoingAway = true;
        }

        @Override
        public void onOutput() {
            // The test looks by itself.
        }
    }
}
