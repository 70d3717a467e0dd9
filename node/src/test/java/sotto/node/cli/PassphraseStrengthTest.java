package sotto.node.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sotto.node.api.Passphrase;

/** Proves that a passphrase which everybody knows is not called strong for its length. */
class PassphraseStrengthTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse battery staple",
                "Correct Horse Battery Staple",
                "correcthorsebatterystaple",
                "may the force be with you",
                "password",
            })
    void aFamousOneIsWeak(String famous) {
        assertTrue(isWeak(famous));
    }

    @Test
    void wordsThatNobodyPrintedAreStrong() {
        assertFalse(isWeak("amber tuba seventeen lentils"));
    }

    private static boolean isWeak(String text) {
        try (Passphrase passphrase = Passphrase.owning(text.toCharArray())) {
            return PassphraseStrength.of(passphrase).isWeak();
        }
    }
}
