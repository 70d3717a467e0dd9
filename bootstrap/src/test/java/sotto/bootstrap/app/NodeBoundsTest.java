package sotto.bootstrap.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sotto.libp2p.host.Limits;
import sotto.libp2p.kad.KadLimits;

/** Proves that the bounds of a node hold together: what all strangers may make it hold at once fits, and it can always dial. */
class NodeBoundsTest {
    /** What the launcher gives it. */
    private static final long HEAP_BYTES = 1L << 30;

    @Test
    void whatAllStrangersTogetherMayHoldFitsTheHeap() throws Exception {
        BootstrapConfig config = config(Map.of());
        Limits limits = NodeBounds.of(config.limits());
        long connections = limits.connections().max();
        long streams = connections * limits.streams().inboundPool().ownMax()
                + limits.streams().inboundPool().sharedMax();
        long questions = connections * limits.queues().heldBytesMax();
        // One answer is taken whatever its length, and more of them only within the bound.
        long answers = streams
                * Math.max(
                        limits.queues().writeBytesMax(),
                        KadLimits.STANDARD.service().messageBytesMax());
        long records = (long) config.records().mebibytesMax() << 20;
        assertTrue(questions + answers + records <= HEAP_BYTES * 9 / 10, questions + " " + answers + " " + records);
    }

    @Test
    void keepsPlacesForItsOwnDials() throws Exception {
        assertTrue(connections(6_000).dialledOnly() > 0);
        assertTrue(connections(8).dialledOnly() > 0);
        assertEquals(0, connections(1).dialledOnly(), "one is for who comes");
    }

    private static Limits.Connections connections(int max) throws Exception {
        BootstrapConfig config = config(Map.of(Setting.CONNECTIONS, new Given(List.of("" + max), "test")));
        return NodeBounds.of(config.limits()).connections();
    }

    private static BootstrapConfig config(Map<Setting, Given> settings) throws Exception {
        Map<Setting, Given> flags = new EnumMap<>(Setting.class);
        flags.putAll(settings);
        return BootstrapConfig.of(new BootstrapConfig.Sources(Optional.empty(), Map.of(), flags));
    }
}
