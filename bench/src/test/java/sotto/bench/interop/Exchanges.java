package sotto.bench.interop;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import sotto.bench.interop.Meeting.Direction;

/** What was exchanged so far, by dial direction. Not thread-safe. */
final class Exchanges {
    private final Map<Direction, Set<Exchange>> done = new EnumMap<>(Direction.class);

    Exchanges() {
        Arrays.stream(Direction.values()).forEach(direction -> done.put(direction, EnumSet.noneOf(Exchange.class)));
    }

    void add(Direction direction, Exchange exchange) {
        of(direction).add(exchange);
    }

    boolean areComplete() {
        return done.values().stream().allMatch(set -> set.size() == Exchange.values().length);
    }

    /** One line for each exchange, with what happened in each direction. */
    String table() {
        return Arrays.stream(Exchange.values())
                .map(exchange -> String.format(
                        "%-8s %-8s %s",
                        mark(Direction.WE_DIAL, exchange), mark(Direction.JS_DIALS, exchange), exchange.label()))
                .collect(Collectors.joining("\n", "we dial  js dials\n", "\n"));
    }

    private String mark(Direction direction, Exchange exchange) {
        return of(direction).contains(exchange) ? "ok" : "MISSING";
    }

    private Set<Exchange> of(Direction direction) {
        return done.computeIfAbsent(direction, absent -> EnumSet.noneOf(Exchange.class));
    }
}
