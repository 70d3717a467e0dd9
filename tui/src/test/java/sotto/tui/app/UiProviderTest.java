package sotto.tui.app;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import sotto.node.cli.CommandProvider;

/** Proves that the program finds the UI, and that its rehearsal for the class archive runs without a terminal. */
final class UiProviderTest {
    @Test
    void isFoundByTheProgram() {
        assertTrue(ServiceLoader.load(CommandProvider.class).stream()
                .anyMatch(provider -> provider.type().equals(UiProvider.class)));
    }

    @Test
    void warmsUpWithoutATerminal() {
        assertDoesNotThrow(() -> new UiProvider().warmUp());
    }
}
