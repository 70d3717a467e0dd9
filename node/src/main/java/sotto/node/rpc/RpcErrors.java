package sotto.node.rpc;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import sotto.node.api.ApiError;

/** The one place that knows JSON-RPC's error codes: those of the standard, and ours for each {@link ApiError}. */
final class RpcErrors {
    /** Not JSON at all. */
    static final int PARSE_ERROR = -32700;
    /** JSON, but no request. */
    static final int INVALID_REQUEST = -32600;

    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;
    /** A bug of ours. */
    static final int INTERNAL_ERROR = -32603;

    private RpcErrors() {}

    /** Our codes lie in -32099 to -32000, which the standard leaves to servers. They never change their meaning. */
    static int codeOf(ApiError error) {
        return switch (error.kind()) {
            case FAILED -> -32000;
            case WRONG_PASSPHRASE -> -32001;
            case ABSENT -> -32002;
            case LOCKED -> -32003;
            case NO_SUCH_CONTACT -> -32004;
            case NO_SUCH_MESSAGE -> -32005;
            case NO_SUCH_INVITATION -> -32006;
            case BAD_CODE -> -32007;
            case BAD_ARGUMENT -> INVALID_PARAMS;
            case TOO_LONG -> -32008;
            case NOT_ALLOWED -> -32009;
            case VAULT_DAMAGED -> -32010;
            case VAULT_IN_USE -> -32011;
            case TIMED_OUT -> -32012;
            case NODE_RUNNING -> -32013;
            case NODE_GONE -> -32014;
        };
    }

    /** The error object of a reply; the {@link ApiError} itself travels in {@code data}. */
    static JsonObject toJson(Gson gson, ApiError error) {
        JsonObject object = toJson(codeOf(error), error.message());
        object.add("data", gson.toJsonTree(error, ApiError.class));
        return object;
    }

    static JsonObject toJson(int code, String message) {
        JsonObject object = new JsonObject();
        object.addProperty("code", code);
        object.addProperty("message", message);
        return object;
    }

    /** What is wrong with parameters: in our words where they are ours. Gson's name classes and its own settings. */
    static String messageOf(JsonParseException badParams) {
        boolean isOurs = badParams.getClass() == JsonParseException.class;
        return isOurs ? String.valueOf(badParams.getMessage()) : "a parameter is not of the kind it must be";
    }

    /** What {@link #toJson} was made of; {@link ApiError.Failed} for an error of the standard or of a newer node. */
    static ApiError fromJson(Gson gson, JsonElement error) {
        try {
            return gson.fromJson(error.getAsJsonObject().get("data"), ApiError.class);
        } catch (JsonParseException | IllegalStateException unknown) {
            return new ApiError.Failed("the node answered with an error that this version does not know");
        }
    }
}
