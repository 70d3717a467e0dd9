package sotto.libp2p.runtime;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Counts what {@link Require} skipped, by what was missing, and says so in one line each when all tests of a module have run:
 * a skip that nobody notices proves nothing. JUnit finds this class by itself and calls it from one thread.
 */
public final class SkippedTests implements TestExecutionListener {
    private final Map<String, Long> countByReason = new TreeMap<>();
    private Optional<TestPlan> plan = Optional.empty();

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        plan = Optional.of(started);
        countByReason.clear();
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        result.getThrowable()
                .map(Throwable::getMessage)
                .filter(said -> result.getStatus() == TestExecutionResult.Status.ABORTED)
                .filter(said -> said.startsWith(Require.SKIPPED))
                .ifPresent(said ->
                        countByReason.merge(said.substring(Require.SKIPPED.length()), testsIn(test), Long::sum));
    }

    @Override
    public void testPlanExecutionFinished(TestPlan finished) {
        countByReason.forEach((reason, count) -> System.out.println(line(reason, count)));
    }

    static String line(String reason, long count) {
        return "skipped %d %s: %s (-D%s=all makes this a failure)"
                .formatted(count, count == 1 ? "test" : "tests", reason, Require.PROPERTY);
    }

    /** A class that is skipped as a whole counts with all its tests, as far as they are known without running it. */
    private long testsIn(TestIdentifier test) {
        long below = plan.stream()
                .flatMap(tests -> tests.getDescendants(test).stream())
                .filter(TestIdentifier::isTest)
                .count();
        return Math.max(1, below);
    }
}
