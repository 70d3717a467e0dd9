package sotto.libp2p.kad;

import java.time.Duration;
import sotto.libp2p.host.ProtocolId;

/** What the kad-dht specification and its practice fix. Our own choices are in {@link KadLimits}. */
public final class KadConstants {
    /** How many peers a bucket has, how many are asked in the end, and how many keep a record: k. */
    public static final int REPLICATION = 20;

    /** For how long a server remembers who provides something. */
    public static final Duration PROVIDER_EXPIRY = Duration.ofHours(24);

    /** How often a server hands the records it keeps to the closest servers, unless another just did (Kademlia §2.5). */
    public static final Duration REPLICATION_INTERVAL = Duration.ofHours(1);

    /** The network of this product. */
    public static final String PREFIX = "/sotto";

    private KadConstants() {}

    /** The protocol's name in the network {@code prefix}, for example {@code /sotto/kad/1.0.0}. */
    public static ProtocolId protocol(String prefix) {
        return new ProtocolId(prefix + "/kad/1.0.0");
    }
}
