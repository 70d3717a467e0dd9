package sotto.node.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sotto.node.api.AccountId;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.Event;
import sotto.node.api.FeedEvent;
import sotto.node.api.Invitation;
import sotto.node.api.Message;
import sotto.node.api.MessageId;
import sotto.node.api.MessageState;
import sotto.node.api.Messenger;
import sotto.node.api.SafeText;
import sotto.node.api.Status;

/** Proves the socket: who gets in, what each kind of bad request is answered, and that every bound holds. */
@Timeout(60)
class MessengerServerTest {
    private static final String STATUS = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"status\"}";
    private static final RpcLimits SMALL = new RpcLimits(2_000, 600, 20_000, 3, 2, 2);

    @TempDir
    Path folder;

    private final PlainMessenger plain = new PlainMessenger();
    private Path home = Path.of("");
    private MessengerServer server;

    @BeforeEach
    void serve() throws Exception {
        home = folder.resolve("home");
        server = MessengerServer.claim(home, SMALL).orElseThrow();
        server.serve(plain.messenger());
    }

    @AfterEach
    void close() {
        plain.mayAnswer.complete(null);
        server.close();
    }

    @Test
    void letsOnlyTheOwnerIn() throws Exception {
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home)));
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(new NodeSocket(home).path())));
    }

    @Test
    void servesAHomeOnceAndAgainAfterwards() throws Exception {
        assertTrue(MessengerServer.claim(home).isEmpty());
        server.close();
        assertTrue(RemoteMessenger.connect(home).isEmpty());
        assertFalse(Files.exists(new NodeSocket(home).path()));
        server = MessengerServer.claim(home, SMALL).orElseThrow();
        server.serve(plain.messenger());
        assertEquals("test", status(home).version());
    }

    @Test
    void replacesTheSocketOfAKilledNode() throws Exception {
        Path left = folder.resolve("left");
        Files.createDirectory(left);
        new NodeSocket(left).listen(1).close();
        assertTrue(Files.exists(new NodeSocket(left).path()));
        assertTrue(RemoteMessenger.connect(left).isEmpty());
        try (MessengerServer again = MessengerServer.claim(left).orElseThrow()) {
            again.serve(plain.messenger());
            assertEquals("test", status(left).version());
        }
    }

    @Test
    void reachesAHomeThatIsLongerThanAnAddress() throws Exception {
        Path deep = folder.resolve("d".repeat(120)).resolve("e".repeat(120));
        try (MessengerServer far = MessengerServer.claim(deep).orElseThrow()) {
            far.serve(plain.messenger());
            assertEquals("test", status(deep).version());
            assertTrue(Files.exists(deep.resolve("node.socket")));
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`hello`, -32700",
                "`{\"id\":1,`, -32700",
                "`[]`, -32600",
                "`{\"id\":1}`, -32600",
                "`{\"id\":1,\"method\":7,\"params\":[]}`, -32600",
                "`{\"id\":1e999999999,\"method\":\"status\"}`, -32600",
                "`{\"id\":1e999999999,\"method\":\"subscribe\",\"params\":{\"since\":0}}`, -32600",
                "`{\"id\":1.5,\"method\":\"status\"}`, -32600",
                "`{\"id\":{},\"method\":\"status\"}`, -32600",
                "`{\"id\":1,\"method\":\"unsubscribe\",\"params\":{\"subscription\":1e999999999}}`, -32602",
                "`{\"id\":1,\"method\":\"explode\"}`, -32601",
                "`{\"id\":1,\"method\":\"close\"}`, -32601",
                "`{\"id\":1,\"method\":\"findContact\"}`, -32602",
                "`{\"id\":1,\"method\":\"findContact\",\"params\":{\"nameOrIdPrefix\":null}}`, -32602",
                "`{\"id\":1,\"method\":\"findMessage\",\"params\":{\"id\":\"xyz\"}}`, -32602",
                "`{\"id\":\"a\",\"method\":\"subscribe\",\"params\":{\"since\":0}}`, -32602",
                "`{\"id\":1,\"method\":\"subscribe\",\"params\":{}}`, -32602",
                "`{\"id\":1,\"method\":\"knocks\"}`, -32009",
            })
    void answersEachMistakeWithItsCode(String request, int code) throws Exception {
        try (RawClient client = new RawClient(home)) {
            assertEquals(
                    code,
                    client.ask(request).getAsJsonObject("error").get("code").getAsInt());
            assertTrue(client.ask(STATUS).has("result"), "the connection goes on");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":1,\"method\":\"subscribe\",\"params\":{\"since\":[]}}",
                "{\"id\":1,\"method\":\"subscribe\",\"params\":{\"since\":\"x\"}}",
                "{\"id\":1,\"method\":\"findMessage\",\"params\":{\"id\":{}}}",
                "{\"id\":1,\"method\":\"findContact\",\"params\":{\"nameOrIdPrefix\":[]}}",
            })
    void namesNoClassesInItsErrors(String request) throws Exception {
        try (RawClient client = new RawClient(home)) {
            String message =
                    client.ask(request).getAsJsonObject("error").get("message").getAsString();
            assertFalse(message.matches(".*(java|sotto\\.|Exception|gson).*"), message);
        }
    }

    @Test
    void goesOnAcceptingAfterWhateverFails() {
        List<Throwable> failures = new ArrayList<>(List.of(
                new IOException("no descriptors"), new OutOfMemoryError("no threads"), new IllegalStateException()));
        server.acceptAll(() -> {
            if (failures.isEmpty()) {
                server.close();
                return;
            }
            Throwable failure = failures.remove(0);
            if (failure instanceof Error error) {
                throw error;
            } else if (failure instanceof IOException expected) {
                throw expected;
            }
            throw new IllegalStateException(failure);
        });
        assertEquals(List.of(), failures);
    }

    @Test
    void answersNumbersAndWordsAsIds() throws Exception {
        try (RawClient client = new RawClient(home)) {
            assertEquals(
                    "x", client.ask(STATUS.replace("1,", "\"x\",")).get("id").getAsString());
            assertEquals(1, client.ask(STATUS).get("id").getAsInt());
        }
    }

    @Test
    void hangsUpOnALineWithoutEnd() throws Exception {
        try (RawClient client = new RawClient(home)) {
            client.write("x".repeat(SMALL.requestBytesMax() + 1).getBytes(StandardCharsets.UTF_8));
            assertTrue(client.isHungUp());
        }
        assertEquals("test", status(home).version());
    }

    @Test
    void hangsUpOnOneClientTooMany() throws Exception {
        try (RawClient first = new RawClient(home);
                RawClient second = new RawClient(home)) {
            assertTrue(first.ask(STATUS).has("result"));
            assertTrue(second.ask(STATUS).has("result"));
            try (RawClient third = new RawClient(home)) {
                assertTrue(third.isHungUp());
            }
            assertTrue(first.ask(STATUS).has("result"));
        }
    }

    @Test
    void readsNoFurtherThanTheCallsItMayHaveUnderWay() throws Exception {
        try (RawClient client = new RawClient(home);
                RawClient other = new RawClient(home)) {
            for (int call = 0; call < 2 * SMALL.callsMax(); call++) {
                client.line("{\"jsonrpc\":\"2.0\",\"id\":" + call + ",\"method\":\"contacts\"}");
            }
            // Whatever the first client sent before this was read, the server would have begun it by now.
            while (plain.asked.get() < SMALL.callsMax()) {
                assertTrue(other.ask(STATUS).has("result"));
            }
            assertTrue(other.ask(STATUS).has("result"));
            assertEquals(SMALL.callsMax(), plain.asked.get());
            plain.mayAnswer.complete(null);
            for (int call = 0; call < 2 * SMALL.callsMax(); call++) {
                assertTrue(client.reply().has("result"));
            }
        }
    }

    @Test
    void boundsSubscriptions() throws Exception {
        try (RawClient client = new RawClient(home)) {
            assertTrue(client.ask(subscribe(1)).has("result"));
            assertTrue(client.ask(subscribe(1)).has("error"), "an id names one subscription");
            assertTrue(client.ask(subscribe(2)).has("result"));
            assertTrue(client.ask(subscribe(3)).has("error"), "one too many");
            assertTrue(client.ask("{\"id\":4,\"method\":\"unsubscribe\",\"params\":{\"subscription\":1}}")
                    .has("result"));
            assertEquals(1, plain.unsubscribed.get());
            assertTrue(client.ask(subscribe(5)).has("result"));
        }
    }

    @Test
    void endsTheFeedOfAReaderThatIsTooSlow() throws Exception {
        try (RawClient client = new RawClient(home)) {
            assertTrue(client.ask(subscribe(1)).has("result"));
            plain.subscribed.join();
            int told = 0;
            while (plain.unsubscribed.get() == 0) {
                plain.tell(++told, stored("x".repeat(10_000)));
            }
            List<JsonObject> events = new ArrayList<>();
            do {
                events.add(client.reply().getAsJsonObject("params").getAsJsonObject("event"));
            } while (!kind(events.get(events.size() - 1)).equals("FeedEnded"));
            assertTrue(events.size() <= told, events.size() + " of " + told);
            for (int index = 0; index < events.size() - 1; index++) {
                assertEquals(index + 1, events.get(index).get("sequence").getAsLong(), "none is left out");
            }
            assertTrue(client.ask(STATUS).has("result"), "the connection goes on");
        }
    }

    @Test
    void saysThatAnAnswerIsTooLong() throws Exception {
        Messenger remote = RemoteMessenger.connect(home).orElseThrow();
        plain.answerOf(
                "invitations",
                List.of(new Invitation(
                        "x".repeat(SMALL.replyBytesMax()),
                        "",
                        1,
                        1,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        Invitation.State.OPEN,
                        Invitation.Publication.LOCAL)));
        assertInstanceOf(ApiError.BadArgument.class, error(remote.invitations().toCompletableFuture()));
        remote.close();
    }

    @Test
    void failsEverythingWhenTheNodeGoes() throws Exception {
        Messenger remote = RemoteMessenger.connect(home).orElseThrow();
        BlockingQueue<FeedEvent> told = new LinkedBlockingQueue<>();
        remote.subscribe(0, told::add);
        CompletableFuture<?> waiting = remote.contacts().toCompletableFuture();
        remote.status().toCompletableFuture().get(30, TimeUnit.SECONDS);
        server.close();
        assertInstanceOf(ApiError.NodeGone.class, error(waiting));
        assertInstanceOf(Event.FeedEnded.class, told.take().event());
        assertInstanceOf(ApiError.NodeGone.class, error(remote.status().toCompletableFuture()));
        remote.subscribe(0, told::add);
        assertInstanceOf(Event.FeedEnded.class, told.take().event());
    }

    @Test
    void survivesAnyBytes() throws Exception {
        long seed = Long.getLong("seed", 1);
        Random random = new Random(seed);
        try (RawClient client = new RawClient(home)) {
            for (int round = 0; round < 500; round++) {
                byte[] bytes = new byte[random.nextInt(400)];
                random.nextBytes(bytes);
                client.write(bytes);
                client.line("");
                client.line(STATUS);
                JsonObject reply = client.reply();
                assertTrue(reply.has("error"), "seed " + seed);
                while (reply.has("error")) {
                    reply = client.reply();
                }
            }
        }
    }

    private static Status status(Path home) throws Exception {
        Messenger remote = RemoteMessenger.connect(home).orElseThrow();
        try {
            return remote.status().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } finally {
            remote.close();
        }
    }

    private static ApiError error(CompletableFuture<?> stage) throws Exception {
        return stage.handle((value, failure) -> {
                    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                    return assertInstanceOf(ApiException.class, cause).error();
                })
                .get(30, TimeUnit.SECONDS);
    }

    private static String subscribe(int id) {
        return "{\"id\":" + id + ",\"method\":\"subscribe\",\"params\":{\"since\":0}}";
    }

    private static String kind(JsonObject event) {
        return event.getAsJsonObject("event").get("type").getAsString();
    }

    private static Event stored(String text) {
        return new Event.MessageStored(new Message(
                new MessageId("0".repeat(32)),
                new AccountId("0".repeat(64)),
                1,
                false,
                new SafeText(text),
                new MessageState.Queued(),
                Instant.EPOCH,
                false));
    }
}
