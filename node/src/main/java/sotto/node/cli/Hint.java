package sotto.node.cli;

import java.util.Optional;
import sotto.node.api.ApiError;

/** What somebody can do about an error. */
final class Hint {
    private Hint() {}

    /** {@code invocation} is how the program was called: what is hinted at is called likewise. */
    static Optional<String> of(ApiError error, Invocation invocation) {
        return switch (error.kind()) {
            case ABSENT -> Optional.of("make one with: " + invocation.command("init --name NAME"));
            case LOCKED -> Optional.of("open it with: " + invocation.command("unlock"));
            case NO_SUCH_CONTACT -> Optional.of("see who there is with: " + invocation.command("contact list"));
            case NO_SUCH_INVITATION -> Optional.of("see which there are with: " + invocation.command("invite list"));
            case BAD_CODE -> Optional.of("copy the whole code, from sotto: to its end");
            case VAULT_IN_USE -> Optional.of("another command or node holds this home: let it end, or stop it");
            case NODE_RUNNING -> Optional.of("use it, commands find it by themselves; or stop it first");
            case NODE_GONE ->
                Optional.of("nothing that was stored is lost; start it again with: " + invocation.anyNode());
            case VAULT_DAMAGED -> Optional.of("its files were left as they are");
            case WRONG_PASSPHRASE, NO_SUCH_MESSAGE, BAD_ARGUMENT, TOO_LONG, NOT_ALLOWED, TIMED_OUT, FAILED ->
                Optional.empty();
        };
    }
}
