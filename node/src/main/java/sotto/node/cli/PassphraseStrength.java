package sotto.node.cli;

import com.nulabinc.zxcvbn.Strength;
import com.nulabinc.zxcvbn.Zxcvbn;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.List;
import sotto.node.api.Passphrase;

/**
 * How well a passphrase stands against guessing, as zxcvbn estimates it.
 *
 * @param score 0 (the first thing anybody tries) to 4 (out of reach)
 * @param guessed when somebody who has the files has found it: {@code at once}, {@code in 3 minutes}; empty where there is none
 */
public record PassphraseStrength(int score, String guessed) {
    private static final int STRONG_SCORE = 3;
    private static final String AT_ONCE = "less than a second";

    /** zxcvbn grows slow with length, and beyond this a passphrase is judged by its beginning. */
    private static final int JUDGED_CHARACTERS_MAX = 100;

    /** Printed in so many places that whoever guesses begins with them; zxcvbn sees four good words. */
    private static final List<String> FAMOUS = List.of(
            "correct horse battery staple",
            "correcthorsebatterystaple",
            "correct-horse-battery-staple",
            "correct battery horse staple",
            "tr0ub4dor&3",
            "open sesame",
            "may the force be with you",
            "to be or not to be",
            "the quick brown fox jumps over the lazy dog",
            "hunter2",
            "never gonna give you up");

    public static PassphraseStrength of(Passphrase passphrase) {
        if (passphrase.isEmpty()) {
            return new PassphraseStrength(0, "");
        }
        char[] characters = passphrase.copy();
        try {
            int judged = Math.min(characters.length, JUDGED_CHARACTERS_MAX);
            Strength strength = new Zxcvbn().measure(CharBuffer.wrap(characters, 0, judged), FAMOUS);
            String time = strength.getCrackTimesDisplay().getOfflineSlowHashing1e4perSecond();
            return new PassphraseStrength(strength.getScore(), time.equals(AT_ONCE) ? "at once" : "in " + time);
        } finally {
            Arrays.fill(characters, '\0');
        }
    }

    /** A few words for people, lower case. */
    String verdict() {
        return guessed.isEmpty()
                ? "there is none, and whoever has the files can read them"
                : "somebody with the files guesses it " + guessed;
    }

    public boolean isWeak() {
        return score < STRONG_SCORE;
    }
}
