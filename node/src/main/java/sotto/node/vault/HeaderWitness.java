package sotto.node.vault;

import static sotto.node.vault.VaultFormat.NONCE_BYTES;
import static sotto.node.vault.VaultFormat.TAG_BYTES;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sotto.libp2p.bytes.Bytes;
import sotto.node.vault.KeyFile.Place;

/**
 * What the key file knows of the main file: the generation of its newest header, sealed under the root beside the record that
 * leads to it. An older main file alone is found out by it. It fits into one sector, so it is never half written. Confined to
 * one thread.
 */
final class HeaderWitness {
    static final int SEALED_BYTES = NONCE_BYTES + Long.BYTES + TAG_BYTES;

    private final Bytes fileId;
    private final RootKey root;
    private final PageCipher cipher = new PageCipher();

    HeaderWitness(Bytes fileId, RootKey root) {
        this.fileId = fileId;
        this.root = root;
    }

    byte[] sealed(long generation, Place place, RandomStream random) {
        byte[] plaintext = ByteBuffer.allocate(Long.BYTES).putLong(generation).array();
        return root.key().use(key -> cipher.sealWithNonce(key, random, associatedData(place), plaintext));
    }

    /** The generation that {@code sealed} has, if it is authentic. */
    Optional<Long> opened(byte[] sealed, Place place) {
        return root.key().use(key -> {
            byte @Nullable [] plaintext = cipher.openWithNonce(key, associatedData(place), sealed);
            return Optional.ofNullable(plaintext)
                    .map(generation -> ByteBuffer.wrap(generation).getLong());
        });
    }

    private byte[] associatedData(Place place) {
        return VaultFormat.associatedData(fileId, Region.WITNESS, place.number());
    }
}
