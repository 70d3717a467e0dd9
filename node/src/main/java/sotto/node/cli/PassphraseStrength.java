package sotto.node.cli;

import com.nulabinc.zxcvbn.Strength;
import com.nulabinc.zxcvbn.Zxcvbn;
import java.nio.CharBuffer;
import java.util.Arrays;
import sotto.node.api.Passphrase;

/**
 * How well a passphrase stands against guessing, as zxcvbn estimates it.
 *
 * @param score 0 (the first thing anybody tries) to 4 (out of reach)
 * @param verdict a few words for people, lower case
 */
public record PassphraseStrength(int score, String verdict) {
    private static final int STRONG_SCORE = 3;

    /** zxcvbn grows slow with length, and beyond this a passphrase is judged by its beginning. */
    private static final int JUDGED_CHARACTERS_MAX = 100;

    public static PassphraseStrength of(Passphrase passphrase) {
        if (passphrase.isEmpty()) {
            return new PassphraseStrength(0, "there is none, and whoever has the files can read them");
        }
        char[] characters = passphrase.copy();
        try {
            int judged = Math.min(characters.length, JUDGED_CHARACTERS_MAX);
            Strength strength = new Zxcvbn().measure(CharBuffer.wrap(characters, 0, judged));
            String time = strength.getCrackTimesDisplay().getOfflineSlowHashing1e4perSecond();
            return new PassphraseStrength(strength.getScore(), "somebody with the files guesses it in " + time);
        } finally {
            Arrays.fill(characters, '\0');
        }
    }

    public boolean isWeak() {
        return score < STRONG_SCORE;
    }
}
