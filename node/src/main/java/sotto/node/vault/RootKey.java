package sotto.node.vault;

import static sotto.node.vault.VaultFormat.KEY_BYTES;

import java.nio.ByteBuffer;
import sotto.libp2p.crypto.SecretBytes;

/**
 * The key that seals the headers.
 *
 * @param generation goes up with every root
 * @param isToBeReplaced set from a change of locks until the rotation that ends it
 */
record RootKey(SecretBytes key, long generation, boolean isToBeReplaced) implements AutoCloseable {
    byte[] encoded() {
        return key.use(bytes -> ByteBuffer.allocate(KeyRecord.ROOT_BYTES)
                .put(bytes)
                .putLong(generation)
                .put((byte) (isToBeReplaced ? 1 : 0))
                .array());
    }

    static RootKey decoded(byte[] encoded) {
        ByteBuffer in = ByteBuffer.wrap(encoded);
        byte[] key = new byte[KEY_BYTES];
        in.get(key);
        return new RootKey(SecretBytes.owning(key), in.getLong(), in.get() != 0);
    }

    @Override
    public void close() {
        key.close();
    }
}
