package sotto.tui.model;

import java.util.Optional;
import sotto.node.api.ApiError;
import sotto.node.api.FeedEvent;
import sotto.node.api.Status;

/** The one function of the UI: what a state makes of a signal. */
public final class Update {
    private Update() {}

    /** What the UI starts with. */
    public static Step start() {
        return new AppState.Starting().then(new Effect.LoadStatus());
    }

    /** The state after {@code signal}, and what is to be done. */
    public static Step update(AppState state, Signal signal) {
        if (signal instanceof Signal.Typed typed) {
            Optional<Step> step = Shortcuts.anywhere(state, typed.key());
            if (step.isPresent()) {
                return step.get();
            }
        }
        Signal.Cases<Step> cases = state.match(
                StartingUpdate::new, WelcomeUpdate::new, LockedUpdate::new, ChatUpdate::new, LeftUpdate::new);
        return signal.match(cases);
    }

    /** The screen that fits a messenger's life. */
    static Step entered(Status status) {
        return switch (status.life()) {
            case ABSENT -> Welcome.blank().then();
            case LOCKED -> Locked.blank().then();
            case OPEN ->
                Chat.opened(status)
                        .then(
                                new Effect.Subscribe(status.lastSequence()),
                                new Effect.LoadConversations(),
                                new Effect.LoadKnocks());
        };
    }

    /** An error as a sentence for the screen. */
    static String sentence(ApiError error) {
        return error.message().isEmpty() ? "It did not work." : sentence(error.message());
    }

    /** Words without a capital and a full stop, as the node says them, with both. */
    static String sentence(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
    }

    private record StartingUpdate(AppState.Starting starting) implements Signal.Cases<Step> {
        @Override
        public Step typed(Key key) {
            return ignored();
        }

        @Override
        public Step statusCame(Status status) {
            return entered(status);
        }

        @Override
        public Step failed(Signal.Failed signal) {
            return AppState.Left.because(signal.error()).then();
        }

        @Override
        public Step feedCame(FeedEvent event) {
            return ignored();
        }

        @Override
        public Step ignored() {
            return starting.then();
        }
    }

    private record LeftUpdate(AppState.Left left) implements Signal.Cases<Step> {
        @Override
        public Step typed(Key key) {
            return ignored();
        }

        @Override
        public Step statusCame(Status status) {
            return ignored();
        }

        @Override
        public Step failed(Signal.Failed signal) {
            return ignored();
        }

        @Override
        public Step feedCame(FeedEvent event) {
            return ignored();
        }

        @Override
        public Step ignored() {
            return left.then();
        }
    }
}
