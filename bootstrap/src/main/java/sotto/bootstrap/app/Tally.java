package sotto.bootstrap.app;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import sotto.libp2p.host.HostMeter;

/** Adds up what the host carries and refuses. Thread-safe. */
final class Tally implements HostMeter {
    private final LongAdder receivedBytes = new LongAdder();
    private final LongAdder sentBytes = new LongAdder();
    private final Map<Refusal, LongAdder> refused = new EnumMap<>(Refusal.class);

    Tally() {
        for (Refusal refusal : Refusal.values()) {
            refused.put(refusal, new LongAdder());
        }
    }

    @Override
    public void onReceived(int sizeBytes) {
        receivedBytes.add(sizeBytes);
    }

    @Override
    public void onSent(int sizeBytes) {
        sentBytes.add(sizeBytes);
    }

    @Override
    public void onRefused(Refusal refusal) {
        adder(refusal).increment();
    }

    long receivedBytes() {
        return receivedBytes.sum();
    }

    long sentBytes() {
        return sentBytes.sum();
    }

    long refused(Refusal refusal) {
        return adder(refusal).sum();
    }

    private LongAdder adder(Refusal refusal) {
        LongAdder adder = refused.get(refusal);
        if (adder == null) {
            throw new IllegalStateException("every refusal has its adder");
        }
        return adder;
    }
}
