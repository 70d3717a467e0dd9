package sotto.libp2p.kad;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.HostException;
import sotto.libp2p.host.HostException.Reason;
import sotto.libp2p.host.RecordStore;
import sotto.libp2p.host.RecordStore.StoredRecord;
import sotto.libp2p.peer.PeerId;
import sotto.libp2p.runtime.VirtualLoop;
import sotto.libp2p.runtime.VirtualTime;

/** Proves that a record which could not be handed on has its turn again. */
class UpkeepTest {
    private static final Bytes KEY = Bytes.utf8("/test/answer");

    private final VirtualTime time = new VirtualTime(1);
    private final VirtualLoop loop = time.newLoop("upkeep");
    private final RandomGenerator random = new SplittableRandom(1);
    private final PeerId self = Peers.id(random);
    private int attempts;

    @Test
    void triesAgainWhatCouldNotBeHandedOn() {
        Server.Parts parts = parts();
        parts.peers().table().onSeen(Peers.peer(random), 0);
        parts.records()
                .store()
                .put(new StoredRecord(
                        KEY, Newest.value(1), VirtualTime.START, VirtualTime.START.plus(Duration.ofDays(1)), self));
        parts.records().replication().onCopy(KEY, 0, random);
        new Upkeep(loop, parts, new Refusing()).start();
        time.advance(Duration.ofMinutes(80));
        assertEquals(1, attempts);
        time.advance(Duration.ofHours(11));
        // An hour apart, give or take a quarter.
        assertEquals(12, attempts, 3);
    }

    private Server.Parts parts() {
        KadLimits limits = KadLimits.STANDARD;
        RecordStore store = new MemoryRecordStore(Key.of(self), limits.records());
        return new Server.Parts(
                new Server.Peers(self, new RoutingTable(Key.of(self), limits.table())),
                new Server.Records(
                        store,
                        new Replication(limits.upkeep().replication()),
                        new ProviderStore(limits.records(), KadConstants.PROVIDER_EXPIRY)),
                new Validators(Map.of("test", Newest.FOR_EVER)),
                limits);
    }

    /** Does nothing, and can hand nothing on. */
    private final class Refusing implements Upkeep.Work {
        @Override
        public void rejoin() {}

        @Override
        public void check(Peer peer) {}

        @Override
        public void refresh(Bytes target) {}

        @Override
        public CompletionStage<Void> replicate(Bytes key) {
            attempts++;
            return CompletableFuture.failedFuture(new HostException(Reason.LIMIT_REACHED, "too many lookups wait"));
        }

        @Override
        public void save() {}
    }
}
