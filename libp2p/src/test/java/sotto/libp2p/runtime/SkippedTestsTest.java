package sotto.libp2p.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.TestExecutionListener;

/** Proves that what was skipped is told: the listener is found without being named, and its line says what was missing. */
class SkippedTestsTest {
    @Test
    void isFoundByItself() {
        assertTrue(ServiceLoader.load(TestExecutionListener.class).stream()
                .anyMatch(listener -> listener.type().equals(SkippedTests.class)));
    }

    @Test
    void saysHowManyAndWhy() {
        assertEquals(
                "skipped 2 tests: npm is not on the path (-Dsotto.require=all makes this a failure)",
                SkippedTests.line("npm is not on the path", 2));
    }
}
