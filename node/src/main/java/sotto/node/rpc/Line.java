package sotto.node.rpc;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * A line on its way out. It is encoded by the thread that writes it, so that whoever tells an event pays nothing for its JSON.
 *
 * @param weight about how many characters it holds in memory while it waits
 * @param encode UTF-8 without the line end
 */
record Line(long weight, Supplier<byte[]> encode) {
    /** What any line weighs beside its text. */
    static final long BASE_WEIGHT = 1024;

    static Line of(String json) {
        return new Line(BASE_WEIGHT + json.length(), () -> json.getBytes(StandardCharsets.UTF_8));
    }
}
