package sotto.node.rpc;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records as JSON objects. Stricter than Gson's own: a component that is missing or null is an error, unless it is an
 * {@code Optional}, and what a record's constructor refuses is bad JSON. Unknown members are skipped, so that a newer end may say more.
 */
final class RecordAdapters implements TypeAdapterFactory {
    @Override
    public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
        return type.getRawType().isRecord() ? new RecordAdapter<>(gson, type.getRawType()) : null;
    }

    /** One component: how it is read from a record, and how its value looks. */
    private record Component(int index, Method accessor, boolean isOptional, TypeAdapter<Object> values) {
        @SuppressWarnings("unchecked")
        static Component of(Gson gson, int index, RecordComponent component) {
            boolean isOptional = component.getType() == Optional.class;
            Type type = isOptional
                    ? ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0]
                    : component.getGenericType();
            component.getAccessor().setAccessible(true);
            TypeAdapter<Object> values = (TypeAdapter<Object>) gson.getAdapter(TypeToken.get(type));
            return new Component(index, component.getAccessor(), isOptional, values);
        }
    }

    private static final class RecordAdapter<T> extends TypeAdapter<T> {
        private final Class<?> type;
        private final Constructor<?> constructor;
        private final Map<String, Component> components = new LinkedHashMap<>();

        RecordAdapter(Gson gson, Class<?> type) {
            this.type = type;
            RecordComponent[] declared = type.getRecordComponents();
            try {
                Class<?>[] types =
                        Arrays.stream(declared).map(RecordComponent::getType).toArray(Class<?>[]::new);
                constructor = type.getDeclaredConstructor(types);
            } catch (NoSuchMethodException impossible) {
                throw new AssertionError("every record has its canonical constructor", impossible);
            }
            constructor.setAccessible(true);
            for (int index = 0; index < declared.length; index++) {
                components.put(declared[index].getName(), Component.of(gson, index, declared[index]));
            }
        }

        @Override
        public void write(JsonWriter out, T value) throws IOException {
            out.beginObject();
            for (Map.Entry<String, Component> entry : components.entrySet()) {
                Component component = entry.getValue();
                Object held = valueOf(component, value);
                if (held instanceof Optional<?> optional) {
                    held = optional.orElse(null);
                }
                if (held != null) {
                    out.name(entry.getKey());
                    component.values().write(out, held);
                }
            }
            out.endObject();
        }

        @Override
        @SuppressWarnings("unchecked")
        public T read(JsonReader in) throws IOException {
            @Nullable Object[] values = new Object[components.size()];
            String place = in.getPath();
            in.beginObject();
            while (in.hasNext()) {
                Component component = components.get(in.nextName());
                if (component == null || in.peek() == JsonToken.NULL) {
                    in.skipValue();
                } else {
                    values[component.index()] = component.values().read(in);
                }
            }
            in.endObject();
            components.forEach((name, component) -> {
                Object value = values[component.index()];
                if (component.isOptional()) {
                    values[component.index()] = Optional.ofNullable(value);
                } else if (value == null) {
                    throw new JsonParseException("at " + place + ": \"" + name + "\" is missing");
                }
            });
            return (T) construct(values, place);
        }

        private Object construct(@Nullable Object[] values, String place) {
            try {
                return constructor.newInstance(values);
            } catch (InvocationTargetException refused) {
                String why = refused.getCause() instanceof IllegalArgumentException said
                        ? String.valueOf(said.getMessage())
                        : "not a " + type.getSimpleName();
                throw new JsonParseException("at " + place + ": " + why, refused);
            } catch (ReflectiveOperationException impossible) {
                throw new LinkageError("records of the API can be made", impossible);
            }
        }

        private static Object valueOf(Component component, Object holder) {
            try {
                return component.accessor().invoke(holder);
            } catch (ReflectiveOperationException impossible) {
                throw new LinkageError("records of the API can be read", impossible);
            }
        }
    }
}
