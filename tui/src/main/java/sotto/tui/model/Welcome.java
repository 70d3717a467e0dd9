package sotto.tui.model;

/**
 * The first-run screen: a name and a passphrase.
 *
 * @param edition counts changes of the passphrase, so that a late estimate is not taken for the present one
 * @param isWarned the person was told what a missing or weak passphrase means; the next Enter accepts it
 * @param complaint why it did not go on, or empty
 * @param isCreating account and vault are being made
 */
public record Welcome(
        Field field,
        Line name,
        HiddenLine passphrase,
        HiddenLine repeated,
        int edition,
        Strength strength,
        boolean isWarned,
        String complaint,
        boolean isCreating)
        implements AppState {
    /** What can be typed into. */
    public enum Field {
        NAME,
        PASSPHRASE,
        REPEATED;

        Field next() {
            return this == NAME ? PASSPHRASE : REPEATED;
        }

        Field previous() {
            return this == REPEATED ? PASSPHRASE : NAME;
        }
    }

    public static Welcome blank() {
        return new Welcome(
                Field.NAME, Line.EMPTY, HiddenLine.empty(), HiddenLine.empty(), 0, Strength.UNKNOWN, false, "", false);
    }

    Welcome at(Field newField) {
        return new Welcome(newField, name, passphrase, repeated, edition, strength, false, "", isCreating);
    }

    Welcome withName(Line newName) {
        return new Welcome(field, newName, passphrase, repeated, edition, strength, false, "", isCreating);
    }

    Welcome withPassphrase(HiddenLine next) {
        return new Welcome(field, name, next, repeated.cleared(), edition + 1, Strength.UNKNOWN, false, "", isCreating);
    }

    Welcome withRepeated(HiddenLine next) {
        return new Welcome(field, name, passphrase, next, edition, strength, isWarned, "", isCreating);
    }

    Welcome withStrength(Strength newStrength) {
        return new Welcome(field, name, passphrase, repeated, edition, newStrength, isWarned, complaint, isCreating);
    }

    Welcome warned(String tip) {
        return new Welcome(field, name, passphrase, repeated, edition, strength, true, tip, isCreating);
    }

    Welcome complaining(String newComplaint) {
        return new Welcome(field, name, passphrase, repeated, edition, strength, isWarned, newComplaint, false);
    }

    Welcome creating() {
        return new Welcome(field, name, passphrase, repeated, edition, strength, isWarned, "", true);
    }
}
