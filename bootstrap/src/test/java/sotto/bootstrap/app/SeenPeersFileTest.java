package sotto.bootstrap.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sotto.libp2p.host.PeerAddresses;
import sotto.libp2p.host.SeenPeers.SeenPeer;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.peer.PeerId;
import sotto.libp2p.runtime.Seeds;

/** Proves that the peers seen last survive a restart, and that a damaged file costs the lines that are damaged. */
class SeenPeersFileTest {
    private static final String ID = "12D3KooWK8L1u6dgCHgUfRpBmHWkUmgoUtc6LF5W9r7LN6oQebNy";

    @TempDir
    private Path folder;

    @Test
    void keepsPeersInTheirOrder() throws Exception {
        SeenPeersFile file = new SeenPeersFile(path());
        assertEquals(List.of(), file.load());
        List<SeenPeer> peers =
                List.of(seen(3, "/ip4/192.0.2.1/tcp/1", "/ip6/2001:db8::1/tcp/2"), seen(1, "/ip4/192.0.2.2/tcp/3"));
        file.save(peers);
        assertEquals(peers, file.load());
        file.save(peers.subList(0, 1));
        assertEquals(peers.subList(0, 1), new SeenPeersFile(path()).load());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path())));
    }

    @Test
    void skipsLinesThatAreNone() throws Exception {
        SeenPeersFile file = new SeenPeersFile(path());
        List<SeenPeer> peers = List.of(seen(3, "/ip4/192.0.2.1/tcp/1"));
        file.save(peers);
        Files.writeString(
                path(),
                "\nx\n7\n7 /ip4/192.0.2.1/tcp/1\n99999999999999999999 /p2p/" + ID + "\n" + Files.readString(path()));
        assertEquals(peers, file.load());
    }

    @Test
    void readsAFileOfAnything() throws Exception {
        SeenPeersFile file = new SeenPeersFile(path());
        Seeds.forEach(50, random -> {
            Files.write(path(), Seeds.bytes(random, 3_000));
            assertEquals(List.of(), file.load());
        });
    }

    @Test
    void goesOnWhereTheDiskFails() throws Exception {
        SeenPeersFile file = new SeenPeersFile(folder.resolve("absent").resolve("peers"));
        file.save(List.of(seen(1, "/ip4/192.0.2.1/tcp/1")));
        assertEquals(List.of(), file.load());
    }

    private Path path() {
        return folder.resolve("peers");
    }

    private static SeenPeer seen(long second, String... addresses) throws Exception {
        List<Multiaddr> parsed = new java.util.ArrayList<>();
        for (String address : addresses) {
            parsed.add(Multiaddr.parse(address));
        }
        return new SeenPeer(new PeerAddresses(PeerId.parse(ID), parsed), Instant.ofEpochSecond(second));
    }
}
