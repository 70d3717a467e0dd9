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
        stream.closeWrite();
        return exchange.answered;
    }

    @Override
    public void onMessage(Bytes message) {
        try {
            answered.complete(KadCodec.decodeAnswer(message, request, limits.records()));
        } catch (WireException malformed) {
            answered.completeExceptionally(
                    new HostException(Reason.PROTOCOL_NOT_SUPPORTED, "a malformed answer", malformed));
            messages.stream().reset();
        }
    }

    @Override
    public void onEnd() {
        if (request instanceof Request.AddProvider) {
            // Whoever takes it says nothing, and ends as cleanly as we did.
            answered.complete(Answer.EMPTY);
        } else {
            answered.completeExceptionally(new HostException(Reason.CLOSED, "no answer"));
        }
    }

    @Override
    public void onReset() {
        answered.completeExceptionally(new HostException(Reason.CLOSED, "the request was refused"));
    }
}
