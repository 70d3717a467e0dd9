package sotto.node.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sotto.node.api.AccountId;
import sotto.node.api.ApiError;
import sotto.node.api.Contact;
import sotto.node.api.ContactPath;
import sotto.node.api.DisplayName;
import sotto.node.api.Event;
import sotto.node.api.FeedEvent;
import sotto.node.api.Invitation;
import sotto.node.api.InvitationTerms;
import sotto.node.api.Message;
import sotto.node.api.MessageId;
import sotto.node.api.MessageState;
import sotto.node.api.Passphrase;
import sotto.node.api.SafeText;
import sotto.node.api.Status;

/** Proves that every value of the API survives JSON, and that nothing else is taken for one. */
class ApiJsonTest {
    private static final Gson GSON = ApiJson.gson();
    private static final Instant AT = Instant.parse("2026-11-24T10:15:30.123456789Z");
    private static final AccountId ID = new AccountId("ab".repeat(32));
    private static final Contact CONTACT = new Contact(
            ID,
            DisplayName.of("Bob"),
            DisplayName.of("Bobby \" \\ 日本"),
            "for bob",
            true,
            false,
            ContactPath.DIRECT,
            List.of(DisplayName.of("B0b")),
            "0".repeat(60),
            AT);
    private static final Invitation INVITATION = new Invitation(
            "for bob",
            "sotto:x",
            1,
            0,
            AT,
            AT.plusSeconds(9),
            Invitation.State.USED_UP,
            Invitation.Publication.PUBLISHED);

    private static Message message(MessageState state) {
        return new Message(
                new MessageId("cd".repeat(16)), ID, Long.MAX_VALUE, true, new SafeText("a\nb"), state, AT, false);
    }

    private static final List<Event> EVENTS = List.of(
            new Event.MessageStored(message(new MessageState.Queued())),
            new Event.MessageChanged(message(new MessageState.Delivered(AT))),
            new Event.MessageChanged(message(new MessageState.Failed("expired"))),
            new Event.ContactAdded(CONTACT),
            new Event.ContactChanged(CONTACT),
            new Event.ContactRemoved(ID),
            new Event.KnockSettled("k", Optional.of(CONTACT), ""),
            new Event.KnockSettled("k", Optional.empty(), "nobody"),
            new Event.InvitationChanged(INVITATION),
            new Event.InvitationLeaked(INVITATION),
            new Event.PathChanged(ID, ContactPath.OFFLINE),
            new Event.ConversationRead(ID),
            new Event.LifeChanged(Status.Life.LOCKED),
            new Event.FeedEnded("bye"));

    private static final List<ApiError> ERRORS = List.of(
            new ApiError.WrongPassphrase(),
            new ApiError.Absent(),
            new ApiError.Locked(),
            new ApiError.NoSuchContact("a"),
            new ApiError.NoSuchMessage(),
            new ApiError.NoSuchInvitation("b"),
            new ApiError.BadCode("c"),
            new ApiError.BadArgument("d"),
            new ApiError.TooLong(65_537, 65_536),
            new ApiError.NotAllowed("e"),
            new ApiError.VaultDamaged("f"),
            new ApiError.VaultInUse(),
            new ApiError.NodeRunning(),
            new ApiError.NodeGone(),
            new ApiError.TimedOut("g"),
            new ApiError.Failed("h"));

    @Test
    void everyKindOfEventSurvives() {
        assertEquals(kinds(Event.class), kinds(EVENTS));
        for (Event event : EVENTS) {
            FeedEvent told = new FeedEvent(7, AT, event);
            assertEquals(told, GSON.fromJson(GSON.toJson(told), FeedEvent.class));
        }
    }

    @Test
    void everyKindOfErrorSurvivesAndHasItsOwnCode() {
        assertEquals(kinds(ApiError.class), kinds(ERRORS));
        for (ApiError error : ERRORS) {
            assertEquals(error, RpcErrors.fromJson(GSON, RpcErrors.toJson(GSON, error)));
        }
        assertEquals(
                ERRORS.size(), ERRORS.stream().map(RpcErrors::codeOf).distinct().count());
    }

    @Test
    void idsNamesAndTextsAreStrings() {
        assertEquals("\"" + ID.hex() + "\"", GSON.toJson(ID));
        assertEquals("\"Bob\"", GSON.toJson(DisplayName.of("Bob")));
        assertEquals("\"hello\"", GSON.toJson(new SafeText("hello")));
        assertEquals("\"PT1H\"", GSON.toJson(Duration.ofHours(1)));
    }

    @Test
    void termsAndPassphrasesSurvive() {
        InvitationTerms terms = new InvitationTerms("x", 3, Duration.ofHours(36), true);
        assertEquals(terms, GSON.fromJson(GSON.toJson(terms), InvitationTerms.class));
        Passphrase passphrase = Passphrase.owning("pässword \u0001 \uD83D\uDD11".toCharArray());
        assertEquals(
                new String(passphrase.copy()),
                new String(
                        GSON.fromJson(GSON.toJson(passphrase), Passphrase.class).copy()));
    }

    @Test
    void leavesOutWhatIsEmptyAndSkipsWhatIsUnknown() {
        Status status = new Status(Status.Life.ABSENT, "1", Optional.empty(), List.of(), 0, 0, 0, false, 0, "x", 0);
        String json = GSON.toJson(status);
        assertFalse(json.contains("account"), json);
        assertEquals(status, GSON.fromJson(json.replaceFirst("\\{", "{\"new\":[{\"a\":null}],"), Status.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "3",
                "{\"label\":\"x\",\"uses\":0,\"lifetime\":\"PT1H\",\"hasHints\":true}",
                "{\"label\":null,\"uses\":1,\"lifetime\":\"PT1H\",\"hasHints\":true}",
                "{\"label\":\"x\",\"uses\":1.5,\"lifetime\":\"PT1H\",\"hasHints\":true}",
                "{\"label\":\"x\",\"uses\":1,\"lifetime\":\"soon\",\"hasHints\":true}",
                "{\"label\":\"x\",\"uses\":1,\"lifetime\":\"PT1H\"}",
                "{\"label\":\"x\",\"uses\":1,\"lifetime\":\"PT1H\",\"hasHints\":true} trailing",
                "{label:'x',uses:1,lifetime:'PT1H',hasHints:true}",
            })
    void refusesWhatIsNoTerms(String json) {
        assertThrows(JsonParseException.class, () -> GSON.fromJson(json, InvitationTerms.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"type\":\"String\"}", "{\"type\":7}", "{\"type\":{}}", "\"FeedEnded\"", "[]"})
    void refusesWhatIsNoEvent(String json) {
        assertThrows(JsonParseException.class, () -> GSON.fromJson(json, Event.class));
    }

    @Test
    void anyChangeOfBytesIsAValueOrAParseError() {
        long seed = Long.getLong("seed", 1);
        Random random = new Random(seed);
        List<String> originals = EVENTS.stream()
                .map(event -> GSON.toJson(new FeedEvent(1, AT, event)))
                .toList();
        int values = 0;
        for (int round = 0; round < 20_000; round++) {
            char[] text = originals.get(random.nextInt(originals.size())).toCharArray();
            for (int flips = random.nextInt(3); flips >= 0; flips--) {
                text[random.nextInt(text.length)] = (char) (' ' + random.nextInt(95));
            }
            try {
                FeedEvent read = GSON.fromJson(new String(text), FeedEvent.class);
                assertEquals(read, GSON.fromJson(GSON.toJson(read), FeedEvent.class), "seed " + seed);
                values++;
            } catch (JsonParseException expected) {
                // The other allowed outcome; anything else fails the test.
            }
        }
        assertTrue(values > 0, "no change left a value, so half of this test proved nothing");
    }

    private static Set<String> kinds(Class<?> type) {
        return Stream.of(type.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .collect(Collectors.toSet());
    }

    private static Set<String> kinds(List<?> values) {
        return values.stream().map(value -> value.getClass().getSimpleName()).collect(Collectors.toSet());
    }
}
