package sotto.bootstrap.app;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import sotto.libp2p.host.HostMeter;
import sotto.libp2p.host.RoutingMeter;

/** Adds up what the host and the directory carry, answer and refuse. Thread-safe. */
final class Tally implements HostMeter, RoutingMeter {
    private final LongAdder receivedBytes = new LongAdder();
    private final LongAdder sentBytes = new LongAdder();
    private final LongAdder lookups = new LongAdder();
    private final Counts<HostMeter.Refusal> connectionsRefused = new Counts<>(HostMeter.Refusal.class);
    private final Counts<RoutingMeter.Refusal> requestsRefused = new Counts<>(RoutingMeter.Refusal.class);
    private final Counts<Question> answered = new Counts<>(Question.class);

    @Override
    public void onReceived(int sizeBytes) {
        receivedBytes.add(sizeBytes);
    }

    @Override
    public void onSent(int sizeBytes) {
        sentBytes.add(sizeBytes);
    }

    @Override
    public void onRefused(HostMeter.Refusal refusal) {
        connectionsRefused.add(refusal);
    }

    @Override
    public void onRefused(RoutingMeter.Refusal refusal) {
        requestsRefused.add(refusal);
    }

    @Override
    public void onAnswered(Question question) {
        answered.add(question);
    }

    @Override
    public void onLookup() {
        lookups.increment();
    }

    long receivedBytes() {
        return receivedBytes.sum();
    }

    long sentBytes() {
        return sentBytes.sum();
    }

    long lookups() {
        return lookups.sum();
    }

    long refused(HostMeter.Refusal refusal) {
        return connectionsRefused.sum(refusal);
    }

    long refused(RoutingMeter.Refusal refusal) {
        return requestsRefused.sum(refusal);
    }

    long answered(Question question) {
        return answered.sum(question);
    }

    /** One sum for each of a few kinds. */
    private static final class Counts<K extends Enum<K>> {
        private final Map<K, LongAdder> sums;

        Counts(Class<K> kinds) {
            sums = new EnumMap<>(kinds);
            for (K kind : kinds.getEnumConstants()) {
                sums.put(kind, new LongAdder());
            }
        }

        void add(K kind) {
            adder(kind).increment();
        }

        long sum(K kind) {
            return adder(kind).sum();
        }

        private LongAdder adder(K kind) {
            LongAdder adder = sums.get(kind);
            if (adder == null) {
                throw new IllegalStateException("every kind has its sum");
            }
            return adder;
        }
    }
}
