package sotto.node.vault;

/** Carries a {@link VaultException} out of a place that cannot throw it: a page that does not open while a query runs. The vault is closed. */
public final class UncheckedVaultException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final VaultException reason;

    public UncheckedVaultException(VaultException reason) {
        super(reason.getMessage(), reason);
        this.reason = reason;
    }

    UncheckedVaultException(VaultException.Kind kind, String message) {
        this(new VaultException(kind, message));
    }

    public VaultException reason() {
        return reason;
    }
}
