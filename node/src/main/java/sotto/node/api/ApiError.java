package sotto.node.api;

/** Why a command was not done. Mapped once to exit codes and once to JSON-RPC codes: a new kind does not compile until both know it. */
public sealed interface ApiError {
    /** One sentence for people: lower case, no full stop. */
    String message();

    record WrongPassphrase() implements ApiError {
        @Override
        public String message() {
            return "wrong passphrase";
        }
    }

    /** There is no vault in this home. */
    record Absent() implements ApiError {
        @Override
        public String message() {
            return "there is no account in this home yet";
        }
    }

    record Locked() implements ApiError {
        @Override
        public String message() {
            return "the vault is locked";
        }
    }

    record NoSuchContact(String message) implements ApiError {}

    record NoSuchMessage() implements ApiError {
        @Override
        public String message() {
            return "no such message";
        }
    }

    record NoSuchInvitation(String message) implements ApiError {}

    /** The code cannot be one: mistyped, cut or of a newer version. */
    record BadCode(String message) implements ApiError {}

    /** An argument is outside its limits. */
    record BadArgument(String message) implements ApiError {}

    record TooLong(int sizeBytes, int sizeBytesMax) implements ApiError {
        @Override
        public String message() {
            return "the text has " + sizeBytes + " bytes, at most " + sizeBytesMax + " can be sent";
        }
    }

    /** Understood, and refused: a blocked contact, a taken name, an own code. */
    record NotAllowed(String message) implements ApiError {}

    record VaultDamaged(String message) implements ApiError {}

    record VaultInUse() implements ApiError {
        @Override
        public String message() {
            return "the vault is in use by another process";
        }
    }

    record TimedOut(String message) implements ApiError {}

    /** Something outside failed (disk full, port taken, the way to the node), or a bug of ours; {@code message} says which. */
    record Failed(String message) implements ApiError {}
}
