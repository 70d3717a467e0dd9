package sotto.node.rpc;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One of several kinds: the object of the record it is, with the record's name in the member {@code type} in front. */
final class SealedAdapters implements TypeAdapterFactory {
    private static final String KIND = "type";

    @Override
    public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
        Class<?> raw = type.getRawType();
        return raw.isSealed() && raw.isInterface() ? new SealedAdapter<>(gson, raw) : null;
    }

    private static final class SealedAdapter<T> extends TypeAdapter<T> {
        private final Gson gson;
        private final Map<String, Class<?>> kinds;

        SealedAdapter(Gson gson, Class<?> type) {
            this.gson = gson;
            this.kinds = Stream.of(type.getPermittedSubclasses())
                    .collect(Collectors.toMap(Class::getSimpleName, Function.identity()));
        }

        @Override
        public void write(JsonWriter out, T value) throws IOException {
            JsonObject object = new JsonObject();
            object.addProperty(KIND, value.getClass().getSimpleName());
            gson.toJsonTree(value, value.getClass())
                    .getAsJsonObject()
                    .entrySet()
                    .forEach(member -> object.add(member.getKey(), member.getValue()));
            gson.toJson(object, out);
        }

        @Override
        @SuppressWarnings("unchecked")
        public T read(JsonReader in) throws IOException {
            String place = in.getPath();
            JsonObject object = gson.fromJson(in, JsonObject.class);
            JsonElement kind = object.get(KIND);
            Class<?> chosen = kind instanceof JsonPrimitive word ? kinds.get(word.getAsString()) : null;
            if (chosen == null) {
                throw new JsonParseException("at " + place + ": \"type\" is none of " + kinds.keySet());
            }
            return (T) gson.fromJson(object, chosen);
        }
    }
}
