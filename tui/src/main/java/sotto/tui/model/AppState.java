package sotto.tui.model;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import sotto.node.api.ApiError;

/** Everything the UI knows, as one value: which screen is shown and what is on it. */
public sealed interface AppState permits AppState.Starting, Welcome, Locked, Chat, AppState.Left {
    /** Nothing is known yet; the messenger was asked for its status. */
    record Starting() implements AppState {}

    /** The end. {@code why} is printed after the terminal is as it was; empty where the person wished it. */
    record Left(Optional<ApiError> why) implements AppState {
        /** As the person wished. */
        public static Left wished() {
            return new Left(Optional.empty());
        }

        public static Left because(ApiError error) {
            return new Left(Optional.of(error));
        }
    }

    /** One answer per screen. */
    default <T> T match(
            Function<Starting, T> onStarting,
            Function<Welcome, T> onWelcome,
            Function<Locked, T> onLocked,
            Function<Chat, T> onChat,
            Function<Left, T> onLeft) {
        if (this instanceof Starting starting) {
            return onStarting.apply(starting);
        }
        if (this instanceof Welcome welcome) {
            return onWelcome.apply(welcome);
        }
        if (this instanceof Locked locked) {
            return onLocked.apply(locked);
        }
        if (this instanceof Chat chat) {
            return onChat.apply(chat);
        }
        return onLeft.apply((Left) this);
    }

    /** This state, and things to do. */
    default Step then(Effect... effects) {
        return new Step(this, List.of(effects));
    }
}
