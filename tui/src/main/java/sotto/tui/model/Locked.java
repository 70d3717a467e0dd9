package sotto.tui.model;

/**
 * The screen of a closed vault.
 *
 * @param complaint why it did not open, or empty
 * @param isOpening the passphrase is being tried
 */
public record Locked(HiddenLine passphrase, String complaint, boolean isOpening) implements AppState {
    public static Locked blank() {
        return new Locked(HiddenLine.empty(), "", false);
    }

    Locked with(HiddenLine next) {
        return new Locked(next, "", isOpening);
    }
}
