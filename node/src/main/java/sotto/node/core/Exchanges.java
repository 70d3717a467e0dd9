package sotto.node.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.Host;
import sotto.libp2p.host.HostException;
import sotto.libp2p.host.MessageStream;
import sotto.libp2p.host.ProtocolId;
import sotto.libp2p.host.Stream;
import sotto.libp2p.runtime.EventLoop;

/**
 * Protocols of one question and one answer: a stream carries a message there, a message back, and ends. Questions arrive and
 * answers complete on the node loop.
 */
final class Exchanges {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    /** Questions of one connection that are on their way or not yet answered; a stream beyond is reset. */
    private static final int UNDER_WAY_MAX = 8;

    private final EventLoop loop;

    // Confined to the node loop.
    private boolean isStopped;

    // Changed by each connection's loop and the node loop; a connection without questions is not in it.
    private final Map<Connection, Integer> underWay = new ConcurrentHashMap<>();

    Exchanges(EventLoop loop) {
        this.loop = loop;
    }

    /** Answers a question; called on the node loop. */
    interface Answering {
        /** Completes on the node loop with the answer, which is empty where there is none. */
        CompletionStage<Bytes> answer(Connection connection, Bytes question);
    }

    /** Serves {@code protocol}: questions of at most {@code questionBytesMax}. */
    void serve(Host host, ProtocolId protocol, int questionBytesMax, Answering answering) {
        host.handle(protocol, stream -> {
            if (!begin(stream.connection())) {
                stream.reset();
                return;
            }
            MessageStream messages = new MessageStream(stream, questionBytesMax);
            messages.read(new Served(messages, answering));
        });
    }

    /** Whoever answers is about to lose what it answers from: questions that are on their way to the loop are dropped. */
    void stop() {
        isStopped = true;
    }

    /** Takes a place for a question; without this, half questions on all streams of all connections would fill the memory. */
    private boolean begin(Connection connection) {
        boolean isAdmitted = underWay.merge(connection, 1, Integer::sum) <= UNDER_WAY_MAX;
        if (!isAdmitted) {
            end(connection);
        }
        return isAdmitted;
    }

    private void end(Connection connection) {
        underWay.computeIfPresent(connection, (known, count) -> count > 1 ? count - 1 : null);
    }

    /**
     * Asks over a new stream of {@code connection}.
     *
     * @return completes on the node loop with the answer, of at most {@code answerBytesMax}; fails with {@link HostException}
     */
    CompletionStage<Bytes> ask(Connection connection, ProtocolId protocol, Bytes question, int answerBytesMax) {
        CompletableFuture<Bytes> answer = new CompletableFuture<>();
        CompletionStage<Stream> opened = connection.open(List.of(protocol));
        EventLoop.Timer timer = loop.schedule(ANSWER_TIMEOUT, () -> {
            answer.completeExceptionally(closed("no answer to " + protocol + " in time"));
            // Also where it was answered: whoever never ends its side must not keep a stream of ours.
            opened.thenAccept(Stream::reset);
        });
        opened.whenComplete((stream, failure) -> {
            if (failure == null) {
                askOver(new MessageStream(stream, answerBytesMax), question, new Asked(stream, answer, timer));
            } else {
                timer.cancel();
                answer.completeExceptionally(failure);
            }
        });
        return onLoop(answer);
    }

    /** The same stage, completing on the node loop. */
    <T> CompletionStage<T> onLoop(CompletionStage<T> stage) {
        CompletableFuture<T> moved = new CompletableFuture<>();
        stage.whenComplete((value, failure) -> loop.execute(() -> {
            if (failure == null) {
                moved.complete(value);
            } else {
                moved.completeExceptionally(failure);
            }
        }));
        return moved;
    }

    private static void askOver(MessageStream messages, Bytes question, Asked asked) {
        messages.read(asked);
        messages.write(question);
        messages.stream().closeWrite();
    }

    private static HostException closed(String message) {
        return new HostException(HostException.Reason.CLOSED, message);
    }

    /** Takes the one message that a direction of a stream carries. Confined to the connection's loop. */
    private abstract static class OneMessage implements MessageStream.Reader {
        private final Stream stream;
        private boolean isDone;

        OneMessage(Stream stream) {
            this.stream = stream;
        }

        abstract void onOnly(Bytes message);

        /** The other end is done, and said nothing. */
        abstract void onNone();

        /** The other end is done, after its one message. */
        void onOver() {}

        @Override
        public void onMessage(Bytes message) {
            if (isDone) {
                stream.reset();
                return;
            }
            isDone = true;
            onOnly(message);
        }

        @Override
        public void onEnd() {
            onReset();
        }

        @Override
        public void onReset() {
            if (isDone) {
                onOver();
            } else {
                isDone = true;
                onNone();
            }
        }
    }

    /** A question that we asked. Until it is answered and the other end is done, its time is running. */
    private static final class Asked extends OneMessage {
        private final Stream stream;
        private final CompletableFuture<Bytes> answer;
        private final EventLoop.Timer timer;

        Asked(Stream stream, CompletableFuture<Bytes> answer, EventLoop.Timer timer) {
            super(stream);
            this.stream = stream;
            this.answer = answer;
            this.timer = timer;
        }

        @Override
        void onOnly(Bytes message) {
            answer.complete(message);
        }

        @Override
        void onNone() {
            timer.cancel();
            answer.completeExceptionally(closed("the other end did not answer"));
            stream.reset();
        }

        @Override
        void onOver() {
            timer.cancel();
        }
    }

    /** A question that was asked here. Until it is answered and the other end is done, its time is running. */
    private final class Served extends OneMessage {
        private final MessageStream messages;
        private final Answering answering;
        private final EventLoop.Timer timer;

        // Confined to the node loop.
        private boolean isAnswered;
        private boolean isOver;

        Served(MessageStream messages, Answering answering) {
            super(messages.stream());
            this.messages = messages;
            this.answering = answering;
            this.timer = loop.schedule(ANSWER_TIMEOUT, messages.stream()::reset);
        }

        @Override
        void onOnly(Bytes question) {
            loop.execute(() -> {
                if (isStopped) {
                    messages.stream().reset();
                } else {
                    answered(question).whenComplete(this::reply);
                }
            });
        }

        /** What answering throws, it has failed with: the place of the question is free again. */
        private CompletionStage<Bytes> answered(Bytes question) {
            try {
                return answering.answer(messages.stream().connection(), question);
            } catch (RuntimeException refused) {
                return CompletableFuture.failedFuture(refused);
            }
        }

        @Override
        void onNone() {
            timer.cancel();
            end(messages.stream().connection());
            messages.stream().reset();
        }

        @Override
        void onOver() {
            loop.execute(() -> {
                isOver = true;
                cancelIfDone();
            });
        }

        private void reply(@Nullable Bytes answer, @Nullable Throwable failure) {
            end(messages.stream().connection());
            if (answer == null || failure != null) {
                messages.stream().reset();
            } else {
                messages.write(answer);
                messages.stream().closeWrite();
            }
            isAnswered = true;
            cancelIfDone();
        }

        private void cancelIfDone() {
            if (isAnswered && isOver) {
                timer.cancel();
            }
        }
    }
}
