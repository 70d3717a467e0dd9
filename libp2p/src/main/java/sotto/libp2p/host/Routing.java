package sotto.libp2p.host;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.peer.PeerId;

/**
 * Finds peers, records and providers in a distributed hash table, and leaves some there. Made by
 * {@code sotto.libp2p.RoutingBuilder} on a host before that is started; of use once {@link #join} has completed. Thread-safe.
 * Outcomes come from the routing's own loop, where nothing may block. What the table's servers say is what strangers say: only a
 * record's validator vouches for it.
 */
public interface Routing {
    /**
     * Finds the way into the network, by the configured entry points and the peers seen last, all at once; completes when
     * this host's own neighbourhood is known. May be repeated.
     *
     * @return how many peers the routing table has; fails with {@link HostException} if nobody answered
     */
    CompletionStage<Integer> join();

    /**
     * The same by way of {@code entry} alone, which is dialled where no connection to it is open.
     *
     * @return how many peers the routing table has; fails with {@link HostException} if {@code entry} does not answer as a server
     */
    CompletionStage<Integer> join(PeerAddresses entry);

    /** The servers that answered last, before this start too; most recently seen first. */
    CompletionStage<List<SeenPeers.SeenPeer>> seenPeers();

    /** Where {@code peer} can be dialled; empty if nobody near it knows. Only servers of the table can be found. */
    CompletionStage<Optional<PeerAddresses>> findPeer(PeerId peer);

    /** The servers closest to {@code key}, of those that answered, the closest first. */
    CompletionStage<Closest> closestPeers(Bytes key);

    /**
     * The best of all valid values of {@code key} that the closest servers have. All are asked, whatever the first one says, and
     * nothing is put.
     *
     * @return fails with {@link HostException} if nobody could be asked, or no validator is set for the namespace of {@code key}
     */
    CompletionStage<Found> get(Bytes key);

    /**
     * Hands {@code value} to the servers closest to {@code key}, once; to repeat it is the caller's.
     *
     * @return fails with {@link HostException} if the value is not valid, or no server took it
     */
    CompletionStage<Stored> put(Bytes key, Bytes value);

    /**
     * Tells the servers closest to {@code key} that this host provides it; they forget it within a day.
     *
     * @param key a multihash, or a CID
     * @return fails with {@link HostException} if no server took it
     */
    CompletionStage<Stored> provide(Bytes key);

    /** Who told the servers closest to {@code key} that they provide it. */
    CompletionStage<Providers> findProviders(Bytes key);

    /** Whether this host serves others just now. */
    boolean isServer();

    /** How many peers the routing table has. */
    int tableSize();

    /** Begins nothing more, and completes when the peers seen last are saved and the stores closed. The host stays open. */
    CompletionStage<Void> stop();

    /**
     * How much of the neighbourhood of a key was heard.
     *
     * @param closest how many servers were believed to be the closest, at most k
     * @param answered how many of those answered
     */
    record Coverage(int closest, int answered) {}

    /** Servers, the closest first. */
    record Closest(List<PeerAddresses> peers, Coverage coverage) {
        public Closest {
            peers = List.copyOf(peers);
        }
    }

    /**
     * What was found.
     *
     * @param value the best of the valid ones; empty if there is none
     * @param copies how many servers had that very value
     */
    record Found(Optional<Bytes> value, int copies, Coverage coverage) {}

    /**
     * What was left there.
     *
     * @param servers how many have taken it, this host not counted
     */
    record Stored(int servers, Coverage coverage) {}

    /** Providers, in no order. */
    record Providers(List<PeerAddresses> providers, Coverage coverage) {
        public Providers {
            providers = List.copyOf(providers);
        }
    }
}
