package sotto.libp2p.host;

import java.util.List;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.peer.PeerId;

/** A secured, multiplexed connection. Two of them are the same only if they are the same object. Thread-safe. */
public interface Connection {
    PeerId remotePeer();

    /** Where the other end is, as seen here, without {@code /p2p}. */
    Multiaddr remoteAddress();

    /** True if this end dialled. */
    boolean isInitiator();

    /** The Noise handshake hash: 32 bytes that both ends and nobody else's connection have; binds what is sent to this channel. */
    Bytes handshakeHash();

    /**
     * A new stream, speaking the first of {@code protocols} that the other end has.
     *
     * @return fails with {@link HostException} if the other end speaks none of them, a limit is reached, or the connection is closed
     */
    CompletionStage<Stream> open(List<ProtocolId> protocols);

    /** Tells the other end by identify push that the protocols offered to it have changed. */
    void announceProtocols();

    /** Whoever is there matters: it is not closed to make room for others, as accepted connections otherwise are. */
    void keep();

    /** Whoever is there matters no longer: takes {@link #keep} back. */
    void letGo();

    boolean isOpen();

    /** Closes with go-away; streams are reset. Idempotent. */
    void close();
}
