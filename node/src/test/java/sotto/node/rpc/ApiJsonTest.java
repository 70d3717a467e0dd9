package sotto.node.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.Gson;
import org.junit.jupiter.api.Test;
import sotto.node.api.AccountId;
import sotto.node.api.DisplayName;
import sotto.node.api.MessageId;
import sotto.node.api.SafeText;

/** Proves that values with a text form cross the socket as that text, as {@code docs/protocol/rpc.md} says. */
class ApiJsonTest {
    private static final Gson GSON = ApiJson.gson();

    @Test
    void idsNamesAndTextsAreStrings() {
        AccountId account = new AccountId("ab".repeat(32));
        assertEquals("\"" + account.hex() + "\"", GSON.toJson(account));
        assertEquals(account, GSON.fromJson("\"" + account.hex() + "\"", AccountId.class));
        MessageId message = new MessageId("cd".repeat(16));
        assertEquals("\"" + message.hex() + "\"", GSON.toJson(message));
        assertEquals("\"Bob\"", GSON.toJson(DisplayName.of("Bob")));
        assertEquals("\"hello\"", GSON.toJson(new SafeText("hello")));
    }
}
