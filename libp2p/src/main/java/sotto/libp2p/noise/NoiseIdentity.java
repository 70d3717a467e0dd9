package sotto.libp2p.noise;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.random.RandomGenerator;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.Ed25519KeyPair;
import sotto.libp2p.crypto.X25519KeyPair;
import sotto.libp2p.noise.pb.NoiseExtensions;
import sotto.libp2p.noise.pb.NoiseHandshakePayload;
import sotto.libp2p.peer.PeerId;

/**
 * Who this host is in its handshakes: a Noise static key of its own, made afresh at every start, and the payload in which the
 * host key vouches for it. Signed once, used for every connection. Thread-safe; closing it wipes the static key.
 */
public final class NoiseIdentity implements AutoCloseable {
    private final PeerId peer;
    private final X25519KeyPair staticKey;
    private final Bytes payload;
    private final List<String> muxers;

    /**
     * Makes a static key and signs it.
     *
     * @param hostKey proves the peer id; borrowed for this call
     * @param muxers the multiplexers offered, best first, as multistream-select names them
     */
    public NoiseIdentity(Crypto crypto, RandomGenerator random, Ed25519KeyPair hostKey, List<String> muxers) {
        this.peer = PeerId.of(hostKey.publicKey());
        this.staticKey = crypto.generateX25519(random);
        this.muxers = List.copyOf(muxers);
        Bytes signed = IdentityProof.signedBytes(staticKey.publicKey());
        this.payload = encode(hostKey.publicKey().encode(), crypto.sign(hostKey, signed), this.muxers);
    }

    PeerId peer() {
        return peer;
    }

    X25519KeyPair staticKey() {
        return staticKey;
    }

    Bytes payload() {
        return payload;
    }

    List<String> muxers() {
        return muxers;
    }

    @Override
    public void close() {
        staticKey.close();
    }

    private static Bytes encode(Bytes publicKey, Bytes signature, List<String> muxers) {
        NoiseHandshakePayload message = NoiseHandshakePayload.newBuilder()
                .setIdentityKey(ByteString.copyFrom(publicKey.asByteBuffer()))
                .setIdentitySig(ByteString.copyFrom(signature.asByteBuffer()))
                .setExtensions(NoiseExtensions.newBuilder().addAllStreamMuxers(muxers))
                .build();
        return Bytes.owning(message.toByteArray());
    }
}
