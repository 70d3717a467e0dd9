package sotto.tui.app;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.nio.CharBuffer;
import java.util.Arrays;
import sotto.node.api.Passphrase;
import sotto.tui.model.Strength;

/** Estimates passphrases with zxcvbn. The first estimate loads its dictionaries, which takes a while: never on the UI thread. */
final class StrengthMeter {
    /** More characters cost much time and change nothing. */
    private static final int LENGTH_MEASURED_MAX = 64;

    private final Zxcvbn zxcvbn = new Zxcvbn();

    Strength measure(Passphrase passphrase) {
        char[] characters = passphrase.copy();
        try {
            CharBuffer measured = CharBuffer.wrap(characters, 0, Math.min(characters.length, LENGTH_MEASURED_MAX));
            var estimate = zxcvbn.measure(measured);
            return new Strength(estimate.getScore(), estimate.getFeedback().getWarning());
        } finally {
            Arrays.fill(characters, '\0');
        }
    }
}
