package sotto.libp2p.kad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.MemoryHost;
import sotto.libp2p.host.MessageStream;
import sotto.libp2p.host.Routing.Stored;
import sotto.libp2p.host.Stream;

/** Proves that what throws costs what it was about, and switches off nothing else; and that who has stopped takes nothing. */
class FaultsTest {
    private static final Bytes KEY = Bytes.utf8("/test/answer");
    private static final Bytes BROKEN = Bytes.utf8("/broken/answer");

    @Test
    void upkeepGoesOnAfterARoundThatThrew() {
        KadWorld world = new KadWorld(1);
        KadWorld.Node client = world.joined(world.client(world.server()));
        client.seen().setBroken(true);
        assertThrows(AssertionError.class, () -> world.pass(Duration.ofMinutes(2)));
        client.seen().setBroken(false);
        world.pass(Duration.ofMinutes(2));
        assertEquals(1, client.seen().load().size());
    }

    @Test
    void stopsThoughNothingCanBeSaved() {
        KadWorld world = new KadWorld(1);
        KadWorld.Node server = world.server();
        server.seen().setBroken(true);
        CompletionStage<Void> stopped = server.routing().stop();
        assertThrows(AssertionError.class, () -> world.pass(Duration.ofSeconds(1)));
        assertTrue(stopped.toCompletableFuture().isDone());
    }

    @Test
    void whoStoppedTakesNothing() {
        KadWorld world = new KadWorld(1);
        KadWorld.Node server = world.server();
        KadWorld.Node client = world.joined(world.client(server));
        Conversation open = world.result(Conversation.begin(client.host(), server));
        world.result(server.routing().stop());
        assertFalse(server.routing().isServer());
        CompletionStage<Stored> put = client.routing().put(KEY, Newest.value(1));
        assertThrows(CompletionException.class, () -> world.result(put));
        open.ask(new Request.PutValue(
                KEY, Newest.value(1), client.host().loop().clock().instant()));
        world.pass(Duration.ofSeconds(2));
        assertTrue(open.wasReset);
        assertEquals(Optional.empty(), server.kept(KEY));
    }

    @Test
    void whoCallsHearsOfWhatThrew() {
        KadWorld world = new KadWorld(1);
        KadWorld.Node client = world.joined(world.client(world.server()));
        CompletionStage<Stored> put = client.routing().put(BROKEN, Newest.value(1));
        CompletionException failed = assertThrows(CompletionException.class, () -> world.result(put));
        assertInstanceOf(IllegalStateException.class, failed.getCause());
    }

    @Test
    void whoAsksHearsOfWhatThrew() {
        KadWorld world = new KadWorld(1);
        KadWorld.Node server = world.server();
        MemoryHost asking = world.bareHost();
        Conversation conversation = world.result(Conversation.begin(asking, server));
        conversation.ask(new Request.PutValue(
                BROKEN, Newest.value(1), asking.loop().clock().instant()));
        assertThrows(AssertionError.class, () -> world.pass(Duration.ofSeconds(2)));
        world.pass(Duration.ofSeconds(2));
        assertTrue(conversation.wasReset);
        Conversation next = world.result(Conversation.begin(asking, server));
        next.ask(new Request.Ping());
        world.pass(Duration.ofSeconds(2));
        assertEquals(1, next.answers);
    }

    /** A stream to a server, and what comes back on it. */
    private static final class Conversation implements MessageStream.Reader {
        private final MessageStream messages;
        int answers;
        boolean wasReset;

        private Conversation(Stream stream) {
            this.messages = new MessageStream(stream, 1_000);
            messages.read(this);
        }

        static CompletionStage<Conversation> begin(MemoryHost from, KadWorld.Node to) {
            return from.connect(to.host().address())
                    .thenCompose(connection -> connection.open(List.of(KadConstants.protocol("/test"))))
                    .thenApply(Conversation::new);
        }

        void ask(Request request) {
            messages.write(KadCodec.encode(request));
        }

        @Override
        public void onMessage(Bytes message) {
            answers++;
        }

        @Override
        public void onEnd() {}

        @Override
        public void onReset() {
            wasReset = true;
        }
    }
}
