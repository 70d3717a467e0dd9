package sotto.node.wire;

import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.MlKem768PublicKey;
import sotto.libp2p.crypto.X25519PublicKey;

/**
 * The public prekeys of one handshake. Each kind has its own type, its own id and its own place, so that one can never be
 * taken for the other (pitfall 1).
 *
 * @param x25519Id names the X25519 prekey, 32 random bits
 * @param mlKemId names the ML-KEM-768 prekey, 32 random bits, independent of the other
 */
public record PrekeyBundle(int x25519Id, X25519PublicKey x25519, int mlKemId, MlKem768PublicKey mlKem) {
    public static final int SIZE_BYTES = 4 + X25519PublicKey.SIZE_BYTES + 4 + MlKem768PublicKey.SIZE_BYTES;

    public Bytes encode() {
        ByteWriter out = new ByteWriter().u32(x25519Id).raw(x25519.bytes());
        return out.u32(mlKemId).raw(mlKem.bytes()).toBytes();
    }

    public static PrekeyBundle readFrom(ByteReader in) throws WireException {
        int x25519Id = (int) in.u32();
        X25519PublicKey x25519 = new X25519PublicKey(in.raw(X25519PublicKey.SIZE_BYTES));
        int mlKemId = (int) in.u32();
        return new PrekeyBundle(x25519Id, x25519, mlKemId, new MlKem768PublicKey(in.raw(MlKem768PublicKey.SIZE_BYTES)));
    }
}
