package sotto.node.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.host.PeerAddresses;
import sotto.libp2p.host.SeenPeers.SeenPeer;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.peer.PeerId;
import sotto.node.vault.Row;
import sotto.node.vault.Tables;
import sotto.node.vault.Transaction;

/** The ways into the network that the vault remembers: those that people named, and servers that answered. Stateless. */
final class EntryPoints {
    /** Entry points kept: those named last stay. */
    private static final int NAMED_MAX = 8;

    /** Servers kept, those that answered last first. */
    static final int SEEN_MAX = 200;

    private static final int ADDRESSES_MAX = 4;
    private static final int VERSION = 1;
    private static final String TABLE = "network";
    private static final Bytes NAMED = Bytes.utf8("entry-points");
    private static final Bytes SEEN = Bytes.utf8("seen-peers");

    private EntryPoints() {}

    /** The entry points that were named, the latest first. */
    static List<Multiaddr> named(Tables tables) {
        return tables.table(TABLE)
                .get(NAMED)
                .map(row -> Row.decode(row, VERSION, EntryPoints::readAddresses))
                .orElse(List.of());
    }

    /** {@code latest}, and then those that were named before. */
    static List<Multiaddr> latestFirst(Tables tables, List<Multiaddr> latest) {
        return Stream.concat(latest.stream(), named(tables).stream())
                .distinct()
                .limit(NAMED_MAX)
                .toList();
    }

    /** Remembers {@code latest} before those of earlier times. */
    static List<Multiaddr> name(Transaction transaction, List<Multiaddr> latest) {
        List<Multiaddr> all = latestFirst(transaction, latest);
        ByteWriter row = new ByteWriter().u8(VERSION);
        writeAddresses(row, all);
        transaction.table(TABLE).put(NAMED, row.toBytes());
        return all;
    }

    /** The servers seen last, most recently seen first. */
    static List<SeenPeer> seen(Tables tables) {
        return tables.table(TABLE)
                .get(SEEN)
                .map(row -> Row.decode(row, VERSION, EntryPoints::readPeers))
                .orElse(List.of());
    }

    /** Keeps {@code peers} instead of what was kept before. */
    static List<SeenPeer> see(Transaction transaction, List<SeenPeer> peers) {
        List<SeenPeer> kept = peers.stream().limit(SEEN_MAX).toList();
        ByteWriter row = new ByteWriter().u8(VERSION).u16(kept.size());
        for (SeenPeer peer : kept) {
            row.field16(peer.peer().peer().multihash()).u64(peer.seenAt().toEpochMilli());
            writeAddresses(
                    row, peer.peer().addresses().stream().limit(ADDRESSES_MAX).toList());
        }
        transaction.table(TABLE).put(SEEN, row.toBytes());
        return kept;
    }

    private static List<SeenPeer> readPeers(ByteReader row) throws WireException {
        List<SeenPeer> peers = new ArrayList<>();
        for (int left = row.u16(); left > 0; left--) {
            PeerId id = new PeerId(row.field16());
            Instant seenAt = Instant.ofEpochMilli(row.u64());
            peers.add(new SeenPeer(new PeerAddresses(id, readAddresses(row)), seenAt));
        }
        return peers;
    }

    private static void writeAddresses(ByteWriter row, List<Multiaddr> addresses) {
        row.u8(addresses.size());
        addresses.forEach(address -> row.text16(address.toString()));
    }

    private static List<Multiaddr> readAddresses(ByteReader row) throws WireException {
        List<Multiaddr> addresses = new ArrayList<>();
        for (int left = row.u8(); left > 0; left--) {
            addresses.add(Multiaddr.parse(row.text16()));
        }
        return addresses;
    }
}
