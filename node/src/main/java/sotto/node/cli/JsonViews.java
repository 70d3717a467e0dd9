package sotto.node.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Locale;
import sotto.node.api.Status;

/** How {@code --json} shows things. Scripts depend on it: members are added, never renamed or removed ({@code docs/manual.md}). */
final class JsonViews {
    private JsonViews() {}

    static JsonObject status(Status status) {
        JsonObject json = new JsonObject();
        status.account().ifPresent(account -> {
            json.addProperty("name", account.name().toString());
            json.addProperty("accountId", account.id().hex());
        });
        json.addProperty("life", word(status.life()));
        json.add("listen", array(status.listen()));
        json.addProperty("connections", status.connections());
        json.addProperty("outbox", status.outbox());
        json.addProperty("lanOnly", status.isLanOnly());
        json.addProperty("refusedNonLocal", status.refusedNonLocal());
        json.addProperty("cipher", status.cipher());
        json.addProperty("lastSequence", status.lastSequence());
        json.addProperty("version", status.version());
        return json;
    }

    static JsonArray array(Iterable<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
