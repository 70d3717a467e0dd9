package sotto.node.rpc;

/**
 * What either end may cost the other.
 *
 * @param requestBytesMax the longest line a client may send
 * @param replyBytesMax the longest line a server may send; a longer reply is an error that asks for less
 * @param queueWeightMax how much may wait for a reader: characters of text, and {@link Line#BASE_WEIGHT} for each line. An event
 *     that does not fit ends its subscription; a reply that does not fit ends the connection
 * @param callsMax calls of one client under way at a time; the next is not read before one of them ended
 * @param subscriptionsMax subscriptions of one client
 * @param clientsMax connections of a server; one more is closed at once
 */
record RpcLimits(
        int requestBytesMax,
        int replyBytesMax,
        long queueWeightMax,
        int callsMax,
        int subscriptionsMax,
        int clientsMax) {
    /** A text of 64 KiB has at most 384 KiB in JSON, where each of its characters is escaped. */
    static final RpcLimits DEFAULT = new RpcLimits(1 << 20, 1 << 24, 1 << 24, 64, 16, 32);
}
