package sotto.libp2p.kad;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.host.HostException;
import sotto.libp2p.host.HostException.Reason;
import sotto.libp2p.host.MessageStream;
import sotto.libp2p.host.Stream;

/** One request over one stream, and the answer to it. Confined to the connection's loop. */
final class Exchange implements MessageStream.Reader {
    private final MessageStream messages;
    private final Request request;
    private final KadLimits limits;
    private final CompletableFuture<Answer> answered = new CompletableFuture<>();

    private Exchange(Stream stream, Request request, KadLimits limits) {
        this.messages = new MessageStream(stream, limits.service().messageBytesMax());
        this.request = request;
        this.limits = limits;
    }

    /** Asks {@code request} over {@code stream}; fails with {@link HostException}. */
    static CompletionStage<Answer> over(Stream stream, Request request, KadLimits limits) {
        Exchange exchange = new Exchange(stream, request, limits);
        exchange.messages.read(exchange);
        exchange.messages.write(KadCodec.encode(request));
        if (!request.isAnswered()) {
            // Requests of one stream are handled in order, so that the answer to this one says that the first was
            // taken.
            exchange.messages.write(KadCodec.encode(new Request.Ping()));
        }
        return exchange.answered;
    }

    @Override
    public void onMessage(Bytes message) {
        try {
            Request asked = request.isAnswered() ? request : new Request.Ping();
            answered.complete(KadCodec.decodeAnswer(message, asked, limits.records()));
            // Not before: there are peers that answer nobody who has ended already.
            messages.stream().closeWrite();
        } catch (WireException malformed) {
            answered.completeExceptionally(
                    new HostException(Reason.PROTOCOL_NOT_SUPPORTED, "a malformed answer", malformed));
            messages.stream().reset();
        }
    }

    @Override
    public void onEnd() {
        answered.completeExceptionally(new HostException(Reason.CLOSED, "no answer"));
        messages.stream().closeWrite();
    }

    @Override
    public void onReset() {
        answered.completeExceptionally(new HostException(Reason.CLOSED, "the request was refused"));
    }
}
