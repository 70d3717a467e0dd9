package sotto.node.rpc;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;

/**
 * The socket of a home. An address of a Unix-domain socket has at most 108 bytes, and a home may be longer: then it is bound and
 * reached through a symbolic link that lives for that moment in a private temporary folder.
 */
record NodeSocket(Path home) {
    private static final String NAME = "node.socket";

    /** One byte of the 108 is the end mark; macOS has 104. */
    private static final int ADDRESS_BYTES_MAX = 103;

    Path path() {
        return home.resolve(NAME);
    }

    /** Binds; only for whoever holds the home's {@link NodeLock}. A socket that a killed node left is removed first. */
    ServerSocketChannel listen(int backlog) throws IOException {
        Files.deleteIfExists(path());
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            atShortAddress(address -> server.bind(address, backlog));
            Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rw-------"));
            return server;
        } catch (IOException | RuntimeException unbound) {
            server.close();
            throw unbound;
        }
    }

    /** Connects; empty if nobody listens there. */
    Optional<SocketChannel> connect() throws IOException {
        if (!Files.exists(path())) {
            return Optional.empty();
        }
        SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            atShortAddress(socket::connect);
        } catch (IOException nobody) {
            socket.close();
            return Optional.empty();
        }
        if (!isOfSameUser(socket)) {
            socket.close();
            throw new IOException("the node in this home belongs to another user");
        }
        return Optional.of(socket);
    }

    /** Whether the process at the other end runs for whom this one does: the second guard, behind the modes of home and socket. */
    boolean isOfSameUser(SocketChannel socket) throws IOException {
        if (!socket.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
            return true;
        }
        UnixDomainPrincipal peer = socket.getOption(ExtendedSocketOptions.SO_PEERCRED);
        return peer.user().getName().equals(Files.getOwner(home).getName());
    }

    private void atShortAddress(AddressUse use) throws IOException {
        if (path().toString().getBytes(StandardCharsets.UTF_8).length <= ADDRESS_BYTES_MAX) {
            use.with(UnixDomainSocketAddress.of(path()));
            return;
        }
        Path folder = Files.createTempDirectory("sotto");
        Path link = folder.resolve("home");
        try {
            Files.createSymbolicLink(link, home.toAbsolutePath());
            use.with(UnixDomainSocketAddress.of(link.resolve(NAME)));
        } finally {
            Files.deleteIfExists(link);
            Files.deleteIfExists(folder);
        }
    }

    /** Binding or connecting. */
    private interface AddressUse {
        void with(UnixDomainSocketAddress address) throws IOException;
    }
}
