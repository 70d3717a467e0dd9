package sotto.node.rpc;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import sotto.node.api.AccountId;
import sotto.node.api.DisplayName;
import sotto.node.api.MessageId;
import sotto.node.api.Passphrase;
import sotto.node.api.SafeText;

/**
 * How the values of {@code node.api} look in JSON: a record is an object of its components, one of several kinds has its kind in
 * {@code "type"}, an empty {@code Optional} is left out, and values that are one text are a string.
 */
final class ApiJson {
    private ApiJson() {}

    /** Whatever it cannot read is a {@link JsonParseException}, never another exception. */
    static Gson gson() {
        return new GsonBuilder()
                .setStrictness(Strictness.STRICT)
                .disableHtmlEscaping()
                // First, because Gson asks those that came last first: what has a text form is written as that text.
                .registerTypeAdapterFactory(new RecordAdapters())
                .registerTypeAdapterFactory(new SealedAdapters())
                .registerTypeAdapter(AccountId.class, text(AccountId::new, AccountId::hex))
                .registerTypeAdapter(MessageId.class, text(MessageId::new, MessageId::hex))
                .registerTypeAdapter(SafeText.class, text(SafeText::new, SafeText::value))
                .registerTypeAdapter(DisplayName.class, text(ApiJson::displayName, DisplayName::toString))
                .registerTypeAdapter(Instant.class, text(Instant::parse, Instant::toString))
                .registerTypeAdapter(Duration.class, text(Duration::parse, Duration::toString))
                .registerTypeAdapter(Passphrase.class, text(ApiJson::passphrase, ApiJson::characters))
                .create();
    }

    private static DisplayName displayName(String text) {
        return new DisplayName(new SafeText(text));
    }

    private static Passphrase passphrase(String text) {
        return Passphrase.owning(text.toCharArray());
    }

    /** The one place where a passphrase is a {@code String}: JSON knows nothing else. It lives as long as its line. */
    private static String characters(Passphrase passphrase) {
        return new String(passphrase.copy());
    }

    private static <T> TypeAdapter<T> text(Function<String, T> parse, Function<T, String> print) {
        return new TypeAdapter<>() {
            @Override
            public void write(JsonWriter out, T value) throws IOException {
                out.value(print.apply(value));
            }

            @Override
            public T read(JsonReader in) throws IOException {
                try {
                    return parse.apply(in.nextString());
                } catch (IllegalArgumentException | DateTimeException | IllegalStateException bad) {
                    throw new JsonParseException("at " + in.getPath() + ": " + bad.getMessage(), bad);
                }
            }
        };
    }
}
