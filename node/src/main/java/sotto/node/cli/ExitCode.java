package sotto.node.cli;

import sotto.node.api.ApiError;

/** What the program ends with; documented in {@code docs/manual.md} and never changed. */
public enum ExitCode {
    DONE(0),
    FAILED(1),
    USAGE(2),
    WRONG_PASSPHRASE(3),
    /** No such contact, invitation or message. */
    NOT_FOUND(4),
    /** Refused or not allowed. */
    REFUSED(5),
    /** The vault is damaged or in use. */
    VAULT(6),
    TIMED_OUT(7);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    static ExitCode of(ApiError error) {
        return switch (error.kind()) {
            case ABSENT, NODE_GONE, FAILED -> FAILED;
            case BAD_ARGUMENT, BAD_CODE, TOO_LONG -> USAGE;
            case WRONG_PASSPHRASE -> WRONG_PASSPHRASE;
            case NO_SUCH_CONTACT, NO_SUCH_INVITATION, NO_SUCH_MESSAGE -> NOT_FOUND;
            case NOT_ALLOWED, LOCKED -> REFUSED;
            case VAULT_DAMAGED, VAULT_IN_USE, NODE_RUNNING -> VAULT;
            case TIMED_OUT -> TIMED_OUT;
        };
    }
}
