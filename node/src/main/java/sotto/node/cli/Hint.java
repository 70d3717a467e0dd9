package sotto.node.cli;

import java.util.Optional;
import sotto.node.api.ApiError;

/** What somebody can do about an error. */
final class Hint {
    private Hint() {}

    static Optional<String> of(ApiError error) {
        return switch (error.kind()) {
            case ABSENT -> Optional.of("make one with: sotto init --name NAME");
            case LOCKED -> Optional.of("open it with: sotto unlock");
            case NO_SUCH_CONTACT -> Optional.of("see who there is with: sotto contact list");
            case NO_SUCH_INVITATION -> Optional.of("see which there are with: sotto invite list");
            case BAD_CODE -> Optional.of("copy the whole code, from sotto: to its end");
            case VAULT_IN_USE -> Optional.of("another command or node holds this home: let it end, or stop it");
            case NODE_RUNNING -> Optional.of("use it, commands find it by themselves; or stop it first");
            case VAULT_DAMAGED -> Optional.of("its files were left as they are");
            case WRONG_PASSPHRASE, NO_SUCH_MESSAGE, BAD_ARGUMENT, TOO_LONG, NOT_ALLOWED, TIMED_OUT, FAILED ->
                Optional.empty();
        };
    }
}
