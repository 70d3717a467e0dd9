package sotto.node.rpc;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sotto.node.api.Messenger;

/**
 * A method of {@link Messenger} that can be called from afar: its parameters are the members of {@code params}, by their names in
 * the source, and what its stage completes with is the {@code result}.
 */
record RpcMethod(Method method, List<Parameter> parameters, Type result) {
    /** By name. The names are unique, and a test keeps them so. */
    static Map<String, RpcMethod> all() {
        return Stream.of(Messenger.class.getMethods())
                .filter(method -> method.getReturnType() == CompletionStage.class)
                .map(RpcMethod::of)
                .collect(Collectors.toUnmodifiableMap(RpcMethod::name, Function.identity()));
    }

    /** One of them; who asks for one need not look at all. */
    static RpcMethod named(String name) {
        return of(Stream.of(Messenger.class.getMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not a method of the messenger: " + name)));
    }

    private static RpcMethod of(Method method) {
        Type result = ((ParameterizedType) method.getGenericReturnType()).getActualTypeArguments()[0];
        return new RpcMethod(method, List.of(method.getParameters()), result);
    }

    String name() {
        return method.getName();
    }

    JsonObject paramsOf(Gson gson, Object... arguments) {
        JsonObject params = new JsonObject();
        for (int index = 0; index < parameters.size(); index++) {
            Parameter parameter = parameters.get(index);
            params.add(parameter.getName(), gson.toJsonTree(arguments[index], parameter.getParameterizedType()));
        }
        return params;
    }

    /** {@link JsonParseException} for one that is missing or malformed. */
    Object[] argumentsOf(Gson gson, JsonObject params) {
        Object[] arguments = new Object[parameters.size()];
        for (int index = 0; index < parameters.size(); index++) {
            Parameter parameter = parameters.get(index);
            JsonElement value = params.get(parameter.getName());
            if (value == null || value.isJsonNull()) {
                throw new JsonParseException("the parameter \"" + parameter.getName() + "\" is missing");
            }
            arguments[index] = gson.fromJson(value, parameter.getParameterizedType());
        }
        return arguments;
    }

    CompletionStage<?> invoke(Messenger messenger, Object... arguments) {
        try {
            return (CompletionStage<?>) method.invoke(messenger, arguments);
        } catch (InvocationTargetException thrown) {
            throw new IllegalStateException("a messenger fails by its stage, never by throwing", thrown.getCause());
        } catch (IllegalAccessException impossible) {
            throw new AssertionError("the door is public", impossible);
        }
    }
}
