package sotto.node.rpc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import sotto.node.api.AccountId;
import sotto.node.api.HistoryPage;
import sotto.node.api.Message;
import sotto.node.api.MessageId;
import sotto.node.api.MessageState;
import sotto.node.api.SafeText;
import sotto.node.wire.WireLimits;

/** Proves that no contact can write what makes a history unreadable over the socket. */
class HistoryReplyTest {
    @Test
    void aSafePageOfTheMostCostlyTextsFitsOneReply() {
        for (String costly : new String[] {"\t", "\u0001", "\"", "\n", "x"}) {
            Message message = message(costly.repeat(WireLimits.TEXT_BYTES_MAX));
            String reply = ApiJson.gson().toJson(Collections.nCopies(HistoryPage.LIMIT_SAFE, message));
            int sizeBytes = reply.getBytes(StandardCharsets.UTF_8).length;
            assertTrue(sizeBytes < RpcLimits.DEFAULT.replyBytesMax() - 1_024, () -> sizeBytes + " bytes");
        }
    }

    private static Message message(String text) {
        return new Message(
                new MessageId("0".repeat(32)),
                new AccountId("0".repeat(64)),
                Long.MAX_VALUE - 1,
                false,
                new SafeText(text),
                new MessageState.Delivered(Instant.ofEpochMilli(Long.MAX_VALUE)),
                Instant.ofEpochMilli(Long.MAX_VALUE),
                true);
    }
}
