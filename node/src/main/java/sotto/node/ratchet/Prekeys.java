package sotto.node.ratchet;

import java.util.random.RandomGenerator;
import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.MlKem768KeyPair;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.crypto.X25519KeyPair;
import sotto.node.wire.PrekeyBundle;

/**
 * The private halves of a {@link PrekeyBundle}. Life cycle: generated with an invitation, kept sealed until its last knock can
 * have arrived, then wiped, after which a recording of those knocks can no longer be read by anybody. Confined to one thread.
 */
public record Prekeys(int x25519Id, X25519KeyPair x25519, int mlKemId, MlKem768KeyPair mlKem) implements AutoCloseable {
    private static final int VERSION = 1;
    private static final int X25519_BYTES = 32;

    public static Prekeys generate(Crypto crypto, RandomGenerator random) {
        return new Prekeys(
                random.nextInt(), crypto.generateX25519(random), random.nextInt(), crypto.generateMlKem768(random));
    }

    /** The public halves. */
    public PrekeyBundle bundle() {
        return new PrekeyBundle(x25519Id, x25519.publicKey(), mlKemId, mlKem.publicKey());
    }

    /** For sealed storage: a version byte, then each id (4 bytes) before its private half (32 bytes, 64 bytes of seed). */
    public SecretBytes encode() {
        ByteWriter out = new ByteWriter().u8(VERSION);
        out.u32(x25519Id).raw(x25519.privateKey().copy());
        out.u32(mlKemId).raw(mlKem.seed().copy());
        return SecretBytes.copyOf(out.toBytes());
    }

    /** What {@link #encode} gave. Only seeds are taken: an expanded ML-KEM key could carry a public half that is not its own. */
    public static Prekeys decode(Crypto crypto, Bytes encoded) throws WireException {
        ByteReader in = new ByteReader(encoded);
        int version = in.u8();
        if (version != VERSION) {
            throw new WireException("prekeys of version " + version);
        }
        int x25519Id = (int) in.u32();
        SecretBytes x25519 = SecretBytes.copyOf(in.raw(X25519_BYTES));
        int mlKemId = (int) in.u32();
        SecretBytes seed = SecretBytes.copyOf(in.raw(MlKem768KeyPair.SEED_BYTES));
        in.end();
        return new Prekeys(x25519Id, crypto.x25519KeyPair(x25519), mlKemId, crypto.mlKem768KeyPair(seed));
    }

    @Override
    public void close() {
        x25519.close();
        mlKem.close();
    }
}
