package sotto.libp2p.host;

import java.time.Duration;

/**
 * All that strangers may make a host hold or wait for. A peer that passes a bound loses what passed it: the connection, the
 * stream, or both.
 */
public record Limits(Connections connections, Streams streams, Queues queues, Timeouts timeouts) {
    /** Bounds that suit a messenger on an ordinary machine. */
    public static final Limits STANDARD = new Limits(
            new Connections(512, 128, 32, new Pending(64, 4, 64), 256, new Arrivals(240, 120)),
            new Streams(256, 256, 16, new Pool(8, 4096)),
            new Queues(4 << 20, 1 << 20, 4 << 20, 16 << 20),
            new Timeouts(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(2),
                    new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30))));

    public Limits withConnections(Connections changed) {
        return new Limits(changed, streams, queues, timeouts);
    }

    public Limits withStreams(Streams changed) {
        return new Limits(connections, changed, queues, timeouts);
    }

    public Limits withQueues(Queues changed) {
        return new Limits(connections, streams, changed, timeouts);
    }

    public Limits withTimeouts(Timeouts changed) {
        return new Limits(connections, streams, queues, changed);
    }

    /**
     * How many connections, and how many on their way to be one. Where all places are taken, or all of one IP address, one of the
     * older half of the accepted ones makes room, but for those that are kept ({@link Connection#keep}). An IP address is one
     * network where it is IPv6 ({@link sotto.libp2p.peer.IpNetwork}); loopback is exempt from what counts by address, since all
     * programs of this machine share it.
     *
     * @param max open at once, both directions together, handshakes under way included
     * @param dialledOnly of those, never given to accepted ones
     * @param perAddressMax of those, accepted from one IP address
     * @param pending on their way
     * @param backedOffAddressesMax failing addresses remembered
     * @param arrivals how fast connections may come from one IP address
     */
    public record Connections(
            int max,
            int dialledOnly,
            int perAddressMax,
            Pending pending,
            int backedOffAddressesMax,
            Arrivals arrivals) {}

    /** How fast connections may come: {@code perMinute} in the long run, {@code burst} at once. Each costs a handshake. */
    public record Arrivals(int perMinute, int burst) {}

    /**
     * How many connections are not secured yet. Where all places for accepted ones are taken, or all of one IP address, one of the
     * older half of them makes room.
     *
     * @param acceptedMax accepted, in all
     * @param perAddressMax of those, from one IP address
     * @param dialledMax dialled
     */
    public record Pending(int acceptedMax, int perAddressMax, int dialledMax) {}

    /**
     * How many streams, per connection where nothing else is said.
     *
     * @param inboundMax opened by the other end and open at once
     * @param outboundMax opened by this end and open at once
     * @param proposalsMax protocols one negotiation may propose
     * @param inboundPool where the places of inbound streams come from
     */
    public record Streams(int inboundMax, int outboundMax, int proposalsMax, Pool inboundPool) {}

    /**
     * Places that connections share, so that all of them together cannot have what each of them may: without it, memory would
     * have to suffice for {@code inboundMax} streams of every connection.
     *
     * @param ownMax places that every connection has for itself, so that nobody is left without by those who take many
     * @param sharedMax places for what goes beyond, of all connections together
     */
    public record Pool(int ownMax, int sharedMax) {}

    /**
     * How many bytes wait, to be sent or to be read.
     *
     * @param windowBytesMax what a stream's receive window may grow to; it begins at 256 KiB
     * @param writeBytesMax written to a stream and not yet sent, beyond the write under way
     * @param grownWindowsBytesMax by how much all windows of one connection together may have grown
     * @param heldBytesMax received and not yet read, in all streams of one connection
     */
    public record Queues(int windowBytesMax, int writeBytesMax, int grownWindowsBytesMax, int heldBytesMax) {}

    /**
     * How long anything is waited for.
     *
     * @param dial until TCP is connected
     * @param firstByte until whoever connected says anything
     * @param handshake from the connection until the connection is secured and multiplexed
     * @param negotiation until a new stream has its protocol
     * @param keepAlive a ping goes out this often; unanswered for as long, the connection is closed
     * @param exchange until a stream of identify, or of a ping of ours, is over
     * @param idle a connection without streams, or a stream of the other end's pings without one, for this long is closed
     * @param backoff between dials to an address that fails
     */
    public record Timeouts(
            Duration dial,
            Duration firstByte,
            Duration handshake,
            Duration negotiation,
            Duration keepAlive,
            Duration exchange,
            Duration idle,
            Backoff backoff) {
        public Timeouts withBackoff(Backoff changed) {
            return new Timeouts(dial, firstByte, handshake, negotiation, keepAlive, exchange, idle, changed);
        }
    }

    /** Doubles from {@code first} to {@code max}. */
    public record Backoff(Duration first, Duration max) {}
}
