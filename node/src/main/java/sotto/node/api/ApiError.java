package sotto.node.api;

/** Why a command was not done. Mapped once to exit codes and once to JSON-RPC codes: a new kind does not compile until both know it. */
public sealed interface ApiError {
    /** One sentence for people: lower case, no full stop. */
    String message();

    /** Which error this is, so that a {@code switch} over all of them is checked by the compiler. */
    Kind kind();

    /** One constant per record below. */
    enum Kind {
        WRONG_PASSPHRASE,
        ABSENT,
        LOCKED,
        NO_SUCH_CONTACT,
        NO_SUCH_MESSAGE,
        NO_SUCH_INVITATION,
        BAD_CODE,
        BAD_ARGUMENT,
        TOO_LONG,
        NOT_ALLOWED,
        VAULT_DAMAGED,
        VAULT_IN_USE,
        NODE_RUNNING,
        NODE_GONE,
        TIMED_OUT,
        FAILED
    }

    record WrongPassphrase() implements ApiError {
        @Override
        public Kind kind() {
            return Kind.WRONG_PASSPHRASE;
        }

        @Override
        public String message() {
            return "wrong passphrase";
        }
    }

    /** There is no vault in this home. */
    record Absent() implements ApiError {
        @Override
        public Kind kind() {
            return Kind.ABSENT;
        }

        @Override
        public String message() {
            return "there is no account in this home yet";
        }
    }

    record Locked() implements ApiError {
        @Override
        public Kind kind() {
            return Kind.LOCKED;
        }

        @Override
        public String message() {
            return "the vault is locked";
        }
    }

    record NoSuchContact(String message) implements ApiError {
        @Override
        public Kind kind() {
            return Kind.NO_SUCH_CONTACT;
        }
    }

    record NoSuchMessage() implements ApiError {
        @Override
        public Kind kind() {
            return Kind.NO_SUCH_MESSAGE;
        }

        @Override
        public String message() {
            return "no such message";
        }
    }

    record NoSuchInvitation(String message) implements ApiError {
        @Override
        public Kind kind() {
            return Kind.NO_SUCH_INVITATION;
        }
    }

    /** The code cannot be one: mistyped, cut or of a newer version. */
    record BadCode(String message) implements ApiError {
        @Override
        public Kind kind() {
            return Kind.BAD_CODE;
        }
    }

    /** An argument is outside its limits. */
    record BadArgument(String message) implements ApiError {
        @Override
        public Kind kind() {
            return Kind.BAD_ARGUMENT;
        }
    }

    record TooLong(int sizeBytes, int sizeBytesMax) implements ApiError {
        @Override
        public Kind kind() {
            return Kind.TOO_LONG;
        }

        @Override
        public String message() {
            return "the text has " + sizeBytes + " bytes, at most " + sizeBytesMax + " can be sent";
        }
    }

    /** Understood, and refused: a blocked contact, a taken name, an own code. */
    record NotAllowed(String message) implements ApiError {
        @Override
        public Kind kind() {
            return Kind.NOT_ALLOWED;
        }
    }

    record VaultDamaged(String message) implements ApiError {
        @Override
        public Kind kind() {
            return Kind.VAULT_DAMAGED;
        }
    }

    record VaultInUse() implements ApiError {
        @Override
        public Kind kind() {
            return Kind.VAULT_IN_USE;
        }

        @Override
        public String message() {
            return "the vault is in use by another process";
        }
    }

    /** A node serves this home already. */
    record NodeRunning() implements ApiError {
        @Override
        public Kind kind() {
            return Kind.NODE_RUNNING;
        }

        @Override
        public String message() {
            return "a node runs already in this home";
        }
    }

    /** The node that was spoken to is no more, or no longer answers here. */
    record NodeGone() implements ApiError {
        @Override
        public Kind kind() {
            return Kind.NODE_GONE;
        }

        @Override
        public String message() {
            return "the node went away";
        }
    }

    record TimedOut(String message) implements ApiError {
        @Override
        public Kind kind() {
            return Kind.TIMED_OUT;
        }
    }

    /** Something outside failed (disk full, port taken, the way to the node), or a bug of ours; {@code message} says which. */
    record Failed(String message) implements ApiError {
        @Override
        public Kind kind() {
            return Kind.FAILED;
        }
    }
}
