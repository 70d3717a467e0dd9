package sotto.node.vault;

/** A vault does not open or does not take a change; its files are untouched. */
public final class VaultException extends Exception {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    public VaultException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public VaultException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** What is wrong. */
    public enum Kind {
        /** No vault there. */
        ABSENT,
        /** There is one already. */
        EXISTS,
        WRONG_PASSPHRASE,
        /** Another process has it open. */
        IN_USE,
        /** Truncated, empty, altered or mismatched files. */
        DAMAGED,
        /** Written by a newer version of this program. */
        NEWER_VERSION,
        /** The format's capacity is reached. */
        FULL,
        /** The disk refused: full, read-only, broken. */
        IO
    }
}
