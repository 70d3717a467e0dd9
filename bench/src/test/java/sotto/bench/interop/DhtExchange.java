package sotto.bench.interop;

/** Everything that must be exchanged between our DHT and that of js-libp2p. */
enum DhtExchange {
    WE_JOIN("our node joins a js network of 10"),
    WE_FIND_PEERS("our node finds js peers by way of others"),
    THEY_FIND_US("a js node finds ours by way of others"),
    WE_PUT("our node puts a record that every js node has then"),
    WE_GET("our node gets a record that js put"),
    THEY_GET("a js node gets a record that ours put"),
    NEWEST_WINS("both take the best of two records, wherever they ask"),
    WE_PROVIDE("our node provides something, and a js node finds out"),
    THEY_PROVIDE("a js node provides something, and ours finds out"),
    REFUSED_THERE("js refuses a record that its rules forbid"),
    THEY_JOIN("js nodes join a network of 10 of ours"),
    THEY_FIND_PEERS("they find our peers by way of others"),
    THEY_PUT("they put a record that every node of ours has then"),
    THEY_READ("they get a record that ours put"),
    THEY_PROVIDE_HERE("they provide something, and our nodes find out"),
    THEY_FIND_PROVIDERS("they find a provider of ours"),
    REFUSED_HERE("ours refuse a record that their rules forbid"),
    ROLLING_RESTART("a mixed network of 20 keeps every record while each node restarts");

    private final String label;

    DhtExchange(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
