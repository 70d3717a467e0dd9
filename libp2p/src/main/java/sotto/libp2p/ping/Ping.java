package sotto.libp2p.ping;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.ConnectionListener;
import sotto.libp2p.host.HostException;
import sotto.libp2p.host.Limits;
import sotto.libp2p.host.ProtocolId;
import sotto.libp2p.host.Stream;
import sotto.libp2p.runtime.EventLoop;

/**
 * Sends pings and answers them (ping specification). At most one question is under way to a connection, and at most two
 * streams of one are answered. Hears of connections that close, to forget them. Thread-safe.
 */
public final class Ping implements ConnectionListener {
    public static final ProtocolId PING = new ProtocolId("/ipfs/ping/1.0.0");

    private static final int PAYLOAD_BYTES = 32;
    private static final int ANSWERED_STREAMS_MAX = 2;

    private final EventLoop loop;
    private final Limits.Timeouts timeouts;
    private final Map<Connection, CompletableFuture<Duration>> underWay = new ConcurrentHashMap<>();
    private final Map<Connection, Integer> answered = new ConcurrentHashMap<>();

    /** {@code loop} tells the time and makes the payloads. */
    public Ping(EventLoop loop, Limits.Timeouts timeouts) {
        this.loop = loop;
        this.timeouts = timeouts;
    }

    /** Answers pings; to be offered as {@link #PING}. */
    public void answer(Stream stream) {
        Connection connection = stream.connection();
        if (answered.merge(connection, 1, Integer::sum) > ANSWERED_STREAMS_MAX) {
            release(connection);
            stream.reset();
        } else {
            stream.read(new Echo(stream));
        }
    }

    /** One round trip; fails with {@link HostException}. */
    public CompletionStage<Duration> ping(Connection connection) {
        CompletableFuture<Duration> fresh = new CompletableFuture<>();
        CompletableFuture<Duration> earlier = underWay.putIfAbsent(connection, fresh);
        if (earlier != null) {
            return earlier;
        }
        EventLoop.Timer timeout = loop.schedule(
                timeouts.exchange(),
                () -> fresh.completeExceptionally(
                        new HostException(HostException.Reason.UNREACHABLE, "no answer to a ping in time")));
        CompletionStage<Duration> outcome = fresh;
        outcome.whenComplete((roundTrip, failure) -> {
            timeout.cancel();
            underWay.remove(connection, fresh);
        });
        connection.open(List.of(PING)).whenComplete((stream, failure) -> {
            if (failure == null) {
                ask(stream, fresh);
            } else {
                fresh.completeExceptionally(failure);
            }
        });
        return fresh;
    }

    @Override
    public void onClosed(Connection connection) {
        answered.remove(connection);
    }

    private void ask(Stream stream, CompletableFuture<Duration> answer) {
        byte[] payload = new byte[PAYLOAD_BYTES];
        loop.random().nextBytes(payload);
        Bytes question = Bytes.owning(payload);
        // Not only until the answer: whoever never ends its side must not keep the stream.
        EventLoop.Timer deadline = loop.schedule(timeouts.exchange(), stream::reset);
        stream.read(new Question(stream, question, deadline, answer));
        stream.write(question);
        CompletionStage<Duration> outcome = answer;
        outcome.whenComplete((roundTrip, failure) -> {
            if (failure != null) {
                stream.reset();
            }
        });
    }

    private void release(Connection connection) {
        answered.computeIfPresent(connection, (same, streams) -> streams == 1 ? null : streams - 1);
    }

    /** Waits for a payload to come back. */
    private final class Question implements Stream.Reader {
        private final Stream stream;
        private final Bytes sent;
        private final Duration sentAt = loop.uptime();
        private final EventLoop.Timer deadline;
        private final CompletableFuture<Duration> answer;
        private Bytes received = Bytes.EMPTY;

        Question(Stream stream, Bytes sent, EventLoop.Timer deadline, CompletableFuture<Duration> answer) {
            this.stream = stream;
            this.sent = sent;
            this.deadline = deadline;
            this.answer = answer;
        }

        @Override
        public void onBytes(Bytes bytes) {
            if (received.size() + bytes.size() > PAYLOAD_BYTES) {
                fail("more came back than was sent");
                return;
            }
            received = Bytes.concat(received, bytes);
            if (received.equals(sent)) {
                answer.complete(loop.uptime().minus(sentAt));
                stream.closeWrite();
            } else if (received.size() == PAYLOAD_BYTES) {
                fail("something else came back than was sent");
            }
        }

        @Override
        public void onEnd() {
            deadline.cancel();
            fail("the other end did not answer");
            stream.closeWrite();
        }

        @Override
        public void onReset() {
            deadline.cancel();
            fail("the other end refused to answer");
        }

        private void fail(String message) {
            answer.completeExceptionally(new HostException(HostException.Reason.UNREACHABLE, message));
        }
    }

    /** Sends back what comes, one piece at a time: who does not read its answers is asked no more questions of. */
    private final class Echo implements Stream.Reader {
        private final Stream stream;
        private boolean isCounted = true;
        private EventLoop.Timer deadline;

        Echo(Stream stream) {
            this.stream = stream;
            this.deadline = loop.schedule(timeouts.idle(), stream::reset);
        }

        @Override
        public void onBytes(Bytes bytes) {
            deadline.cancel();
            deadline = loop.schedule(timeouts.idle(), stream::reset);
            stream.setReading(false);
            stream.write(bytes).thenRun(() -> stream.setReading(true));
        }

        @Override
        public void onEnd() {
            end();
            stream.closeWrite();
        }

        @Override
        public void onReset() {
            end();
        }

        private void end() {
            deadline.cancel();
            if (isCounted) {
                isCounted = false;
                release(stream.connection());
            }
        }
    }
}
