package sotto.node.core;

import java.time.Instant;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.SecretBytes;
import sotto.node.directory.DirectoryKey;
import sotto.node.wire.Locator;

/**
 * A record of ours: where it lies, and what it would say if it were sealed now. Two are equal if they lie in one place. Confined
 * to the node loop.
 *
 * @param locator where it lies
 * @param until from when it need not lie there any more
 * @param source what it says, asked for whenever it is sealed
 */
record Publication(Locator locator, Instant until, Source source) {
    /** What a record says, and the keys it is sealed with; those stay the source's. */
    interface Source {
        Sheet sheet();
    }

    record Sheet(DirectoryKey directory, SecretBytes readKey, Bytes content) {}

    @Override
    public boolean equals(Object other) {
        return other instanceof Publication publication && publication.locator.equals(locator);
    }

    @Override
    public int hashCode() {
        return locator.hashCode();
    }
}
