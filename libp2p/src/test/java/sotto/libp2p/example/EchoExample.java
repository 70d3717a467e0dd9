package sotto.libp2p.example;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import sotto.libp2p.HostBuilder;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.host.Host;
import sotto.libp2p.host.MessageStream;
import sotto.libp2p.host.ProtocolId;
import sotto.libp2p.peer.Multiaddr;

/** Two hosts on this machine; one sends a message, the other sends it back. */
final class EchoExample {
    private static final ProtocolId ECHO = new ProtocolId("/example/echo/1.0.0");
    private static final int MESSAGE_BYTES_MAX = 1024;
    private static final long SECONDS_MAX = 10;

    private EchoExample() {}

    /** Sends {@code text} to a host made for the occasion; what that host sent back. */
    static String echo(String text) throws Exception {
        try (Host server = newHost();
                Host client = newHost()) {
            server.handle(ECHO, stream -> {
                MessageStream messages = new MessageStream(stream, MESSAGE_BYTES_MAX);
                messages.read(new Echo(messages));
            });
            Multiaddr address = await(server.start()).get(0).withPeer(server.id());

            CompletionStage<Bytes> answer = client.connect(address)
                    .thenCompose(connection -> connection.open(List.of(ECHO)))
                    .thenCompose(stream -> ask(new MessageStream(stream, MESSAGE_BYTES_MAX), Bytes.utf8(text)));
            return new String(await(answer).toArray(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    /** Sends {@code question}; the first message that comes back. */
    private static CompletionStage<Bytes> ask(MessageStream messages, Bytes question) {
        CompletableFuture<Bytes> answer = new CompletableFuture<>();
        messages.read(new MessageStream.Reader() {
            @Override
            public void onMessage(Bytes message) {
                answer.complete(message);
                messages.stream().closeWrite();
            }

            @Override
            public void onEnd() {
                answer.completeExceptionally(new IllegalStateException("no answer"));
            }

            @Override
            public void onReset() {
                answer.completeExceptionally(new IllegalStateException("refused"));
            }
        });
        messages.write(question);
        return answer;
    }

    private static Host newHost() throws WireException {
        return new HostBuilder()
                .listen(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")))
                .build();
    }

    private static <T> T await(CompletionStage<T> stage)
            throws InterruptedException, ExecutionException, TimeoutException {
        return stage.toCompletableFuture().get(SECONDS_MAX, TimeUnit.SECONDS);
    }

    /** Sends back every message, and asks for the next when this one has left. */
    private record Echo(MessageStream messages) implements MessageStream.Reader {
        @Override
        public void onMessage(Bytes message) {
            messages.setReading(false);
            messages.write(message).thenRun(() -> messages.setReading(true));
        }

        @Override
        public void onEnd() {
            messages.stream().closeWrite();
        }

        @Override
        public void onReset() {
            // Nothing to give back.
        }
    }
}
