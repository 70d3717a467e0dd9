package sotto.libp2p.kad;

/**
 * How many peers of one network (a /24 of IPv4, a /48 of IPv6) are believed at once: many peer ids cost nothing, many networks
 * do. Loopback is not counted. Immutable.
 *
 * @param perBucketMax in one bucket of the routing table
 * @param perTableMax in all buckets together
 * @param perLookupMax among the closest peers of a lookup
 * @param isPrivateExempt whether addresses of this site or link are not counted: where the whole network is one site
 */
public record Diversity(int perBucketMax, int perTableMax, int perLookupMax, boolean isPrivateExempt) {
    /** For a network across the Internet. */
    public static final Diversity STANDARD = new Diversity(2, 10, 2, false);

    /** For a network that is one site. */
    public static final Diversity ONE_SITE = new Diversity(2, 10, 2, true);

    /** Believes everybody: for measuring what the limits are good for. */
    public static final Diversity UNLIMITED =
            new Diversity(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, true);

    boolean counts(long network) {
        return network != Network.NONE && !(isPrivateExempt && Network.isPrivate(network));
    }
}
