package sotto.node.directory;

import java.util.random.RandomGenerator;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.Ed25519KeyPair;
import sotto.libp2p.crypto.Ed25519PublicKey;
import sotto.libp2p.crypto.SecretBytes;
import sotto.node.wire.Locator;

/**
 * What signs the records of one invitation: drawn for it alone, so two invitations cannot be linked, and never part of a code,
 * so no reader can overwrite or revoke. Confined to one thread; closing it wipes the private half.
 */
public record DirectoryKey(Ed25519KeyPair pair) implements AutoCloseable {
    public static DirectoryKey generate(Crypto crypto, RandomGenerator random) {
        return new DirectoryKey(crypto.generateEd25519(random));
    }

    public Ed25519PublicKey publicKey() {
        return pair.publicKey();
    }

    public Locator locator(Crypto crypto) {
        return Locator.of(crypto, pair.publicKey());
    }

    /** For sealed storage: the 32-byte seed. */
    public SecretBytes encode() {
        return SecretBytes.owning(pair.privateKey().copy());
    }

    /**
     * What {@link #encode} gave.
     *
     * @throws IllegalArgumentException if it has not 32 bytes
     */
    public static DirectoryKey decode(Crypto crypto, Bytes seed) {
        if (seed.size() != Ed25519PublicKey.SIZE_BYTES) {
            throw new IllegalArgumentException("a directory key has 32 bytes, not " + seed.size());
        }
        return new DirectoryKey(crypto.ed25519KeyPair(SecretBytes.copyOf(seed)));
    }

    @Override
    public void close() {
        pair.close();
    }
}
