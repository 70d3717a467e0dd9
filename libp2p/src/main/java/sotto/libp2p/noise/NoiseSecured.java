package sotto.libp2p.noise;

import java.util.Optional;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.peer.PeerId;

/**
 * The connection is secured: an event of the pipeline.
 *
 * @param peer who the other end has proven to be
 * @param handshakeHash 32 bytes that name this channel
 * @param muxer the multiplexer agreed on within the handshake; absent if the other end does not negotiate it there
 */
public record NoiseSecured(PeerId peer, Bytes handshakeHash, Optional<String> muxer) {}
