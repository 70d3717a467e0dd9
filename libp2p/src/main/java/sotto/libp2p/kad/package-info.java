/**
 * libp2p's Kademlia: a distributed hash table of peers, records and providers (kad-dht specification), as a client and as a
 * server.
 *
 * <p>Key, routing table, lookup, codec, the stores in memory and server are pure: time, randomness and answers are their
 * parameters, they do no I/O, and a simulator runs ten thousand of them in one process. {@code Kademlia} puts them on a host, with a
 * few drivers beside it that share its loop. No meaning of any record lives here: that is the validators'.
 */
@NullMarked
package sotto.libp2p.kad;

import org.jspecify.annotations.NullMarked;
