package sotto.libp2p.host;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A meter that keeps what was refused, in its order. Thread-safe. */
public final class Refusals implements HostMeter {
    private final List<Refusal> all = new CopyOnWriteArrayList<>();

    @Override
    public void onReceived(int sizeBytes) {}

    @Override
    public void onSent(int sizeBytes) {}

    @Override
    public void onRefused(Refusal refusal) {
        all.add(refusal);
    }

    public List<Refusal> all() {
        return List.copyOf(all);
    }
}
