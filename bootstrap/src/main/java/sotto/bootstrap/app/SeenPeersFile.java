package sotto.bootstrap.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.host.PeerAddresses;
import sotto.libp2p.host.SeenPeers;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.peer.PeerId;

/**
 * The servers seen last, in a file: a line for each, with the second it was seen in and its addresses. Written anew as a whole
 * each time. Confined to the routing's loop.
 */
final class SeenPeersFile implements SeenPeers {
    private static final System.Logger LOG = System.getLogger(SeenPeersFile.class.getName());
    private static final int PEERS_MAX = 1_000;
    private static final long SIZE_BYTES_MAX = 4 << 20;

    private final Path path;

    SeenPeersFile(Path path) {
        this.path = path;
    }

    @Override
    public List<SeenPeer> load() {
        try {
            if (!Files.exists(path) || Files.size(path) > SIZE_BYTES_MAX) {
                return List.of();
            }
            // Not as UTF-8: a damaged byte is to cost a line, not the file.
            return Files.readAllLines(path, StandardCharsets.ISO_8859_1).stream()
                    .flatMap(line -> parse(line).stream())
                    .limit(PEERS_MAX)
                    .toList();
        } catch (IOException unreadable) {
            LOG.log(System.Logger.Level.WARNING, "cannot read the peers seen last", unreadable);
            return List.of();
        }
    }

    @Override
    public void save(List<SeenPeer> peers) {
        Path unfinished = path.resolveSibling(path.getFileName() + ".new");
        try {
            Files.deleteIfExists(unfinished);
            Files.createFile(
                    unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(
                    unfinished,
                    peers.stream().limit(PEERS_MAX).map(SeenPeersFile::print).toList(),
                    StandardCharsets.ISO_8859_1,
                    Set.of(StandardOpenOption.WRITE).toArray(new StandardOpenOption[0]));
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            LOG.log(System.Logger.Level.WARNING, "cannot save the peers seen last", failure);
        }
    }

    private static String print(SeenPeer seen) {
        StringBuilder line = new StringBuilder(Long.toString(seen.seenAt().getEpochSecond()));
        for (Multiaddr address : seen.peer().addresses()) {
            line.append(' ').append(address.withPeer(seen.peer().peer()));
        }
        return line.toString();
    }

    private static Optional<SeenPeer> parse(String line) {
        String[] words = line.split(" ", -1);
        List<Multiaddr> addresses = new ArrayList<>();
        try {
            for (int i = 1; i < words.length; i++) {
                addresses.add(Multiaddr.parse(words[i]));
            }
            Optional<PeerId> peer =
                    addresses.isEmpty() ? Optional.empty() : addresses.get(0).peerId();
            Instant seenAt = Instant.ofEpochSecond(Long.parseLong(words[0]));
            return peer.map(id -> new SeenPeer(
                    new PeerAddresses(
                            id, addresses.stream().map(Multiaddr::withoutPeer).toList()),
                    seenAt));
        } catch (WireException | NumberFormatException | java.time.DateTimeException damaged) {
            return Optional.empty();
        }
    }
}
