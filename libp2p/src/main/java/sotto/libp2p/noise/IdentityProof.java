package sotto.libp2p.noise;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.PublicKey;
import sotto.libp2p.crypto.X25519PublicKey;
import sotto.libp2p.noise.pb.NoiseHandshakePayload;
import sotto.libp2p.peer.PeerId;

/**
 * What the other end's payload proves: that the holder of {@code peer}'s key vouches for the static key of this very
 * handshake (noise-libp2p, "Static Key Authentication").
 *
 * @param muxers the multiplexers it offers, best first; empty if it does not negotiate them in the handshake
 */
record IdentityProof(PeerId peer, List<String> muxers) {
    private static final Bytes SIGNATURE_PREFIX = Bytes.utf8("noise-libp2p-static-key:");

    IdentityProof {
        muxers = List.copyOf(muxers);
    }

    static Bytes signedBytes(X25519PublicKey staticKey) {
        return Bytes.concat(SIGNATURE_PREFIX, staticKey.bytes());
    }

    /** The proof in {@code payload}, checked against the static key that its message brought. */
    static IdentityProof verified(Crypto crypto, Bytes payload, X25519PublicKey staticKey) throws HandshakeException {
        NoiseHandshakePayload message = parse(payload);
        PublicKey key = key(Bytes.owning(message.getIdentityKey().toByteArray()));
        Bytes signature = Bytes.owning(message.getIdentitySig().toByteArray());
        if (!key.verifies(crypto, signedBytes(staticKey), signature)) {
            throw new HandshakeException("an identity that does not vouch for the key of this handshake");
        }
        List<String> muxers = message.getExtensions().getStreamMuxersList();
        return new IdentityProof(PeerId.of(key), muxers);
    }

    private static NoiseHandshakePayload parse(Bytes payload) throws HandshakeException {
        try {
            return NoiseHandshakePayload.parseFrom(payload.asByteBuffer());
        } catch (InvalidProtocolBufferException malformed) {
            throw new HandshakeException("a malformed handshake payload", malformed);
        }
    }

    private static PublicKey key(Bytes encoded) throws HandshakeException {
        try {
            return PublicKey.decode(encoded);
        } catch (WireException malformed) {
            throw new HandshakeException("a malformed identity key", malformed);
        }
    }
}
