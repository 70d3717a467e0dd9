package sotto.libp2p.swarm;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.host.HostException;
import sotto.libp2p.host.HostException.Reason;
import sotto.libp2p.host.Stream;
import sotto.libp2p.multistream.Negotiation;
import sotto.libp2p.runtime.EventLoop;
import sotto.libp2p.yamux.YamuxStream;

/**
 * Reads the beginning of a stream until its protocol is agreed on; what follows stays in the stream for the next reader.
 * Where none is agreed on, the stream is reset. Confined to the connection's loop.
 */
final class StreamNegotiation implements Stream.Reader {
    private final YamuxStream stream;
    private final Negotiation negotiation;
    private final CompletableFuture<String> agreed = new CompletableFuture<>();

    private StreamNegotiation(YamuxStream stream, Negotiation negotiation) {
        this.stream = stream;
        this.negotiation = negotiation;
    }

    /** The protocol's name; fails with {@link HostException}. */
    static CompletionStage<String> begin(
            YamuxStream stream, Negotiation negotiation, EventLoop loop, Duration patience) {
        StreamNegotiation begun = new StreamNegotiation(stream, negotiation);
        EventLoop.Timer timeout =
                loop.schedule(patience, () -> begun.fail(Reason.UNREACHABLE, "no protocol was agreed on in time"));
        CompletionStage<String> agreed = begun.agreed;
        agreed.whenComplete((protocol, failure) -> timeout.cancel());
        begun.send(negotiation.opening());
        stream.read(begun);
        return agreed;
    }

    @Override
    public void onBytes(Bytes bytes) {
        try {
            for (int at = 0; at < bytes.size() && !agreed.isDone(); at++) {
                Negotiation.Step step = negotiation.onByte(bytes.at(at));
                if (step != Negotiation.Step.NOTHING) {
                    take(step, bytes.slice(at + 1, bytes.size()));
                }
            }
        } catch (WireException violation) {
            fail(Reason.PROTOCOL_NOT_SUPPORTED, "what came is not multistream-select");
        }
    }

    @Override
    public void onEnd() {
        fail(Reason.PROTOCOL_NOT_SUPPORTED, "the other end ended the stream before a protocol was agreed on");
    }

    @Override
    public void onReset() {
        fail(Reason.CLOSED, "the stream was reset before a protocol was agreed on");
    }

    private void take(Negotiation.Step step, Bytes rest) {
        boolean isGoingOn = step.match(
                going -> {
                    send(going.answer());
                    return true;
                },
                found -> {
                    send(found.answer());
                    stream.unread(rest);
                    return agreed.complete(found.protocol());
                },
                noneSpoken -> fail(Reason.PROTOCOL_NOT_SUPPORTED, "the other end speaks none of the protocols"));
        assert isGoingOn;
    }

    /** True if it was going on until now. */
    private boolean fail(Reason reason, String message) {
        boolean isFirst = agreed.completeExceptionally(new HostException(reason, message));
        if (isFirst) {
            stream.reset();
        }
        return isFirst;
    }

    /** Nobody waits for it: if it cannot be sent, the stream is over, and that is told in its own way. */
    private void send(Bytes bytes) {
        if (!bytes.isEmpty()) {
            stream.write(bytes, new CompletableFuture<>());
        }
    }
}
