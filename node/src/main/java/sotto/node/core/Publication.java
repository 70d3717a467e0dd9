package sotto.node.core;

import java.time.Instant;
import sotto.node.directory.SealedRecord;
import sotto.node.wire.Addresses;
import sotto.node.wire.Locator;

/**
 * A record of ours: where it lies, and what it would say if it were sealed now. Two are equal if they lie in one place. Confined
 * to the node loop.
 *
 * @param locator where it lies
 * @param until from when it need not lie there any more
 * @param source what it says, and who can seal it
 */
record Publication(Locator locator, Instant until, Source source) {
    /** Knows what a record says, and has the keys that it is sealed with; those never leave it. */
    interface Source {
        /** What the record would say now. That is cheap: whoever asks for a record asks for this, too. */
        Says says();

        /** A new version. The keys that this takes are there only while it runs. */
        SealedRecord seal(Edition edition);
    }

    /**
     * All that changes in what a record says: of two that are equal the records say the same.
     *
     * @param isClosed true if nobody is let in any more: a tombstone, which says nothing else
     * @param name what we call ourselves; empty where the record has none
     */
    record Says(boolean isClosed, String name, Addresses addresses) {
        static final Says CLOSED = new Says(true, "", Addresses.NONE);
    }

    /** One version of a record: its number, what it says and until when. */
    record Edition(Says says, long sequence, Instant expiresAt) {}

    @Override
    public boolean equals(Object other) {
        return other instanceof Publication publication && publication.locator.equals(locator);
    }

    @Override
    public int hashCode() {
        return locator.hashCode();
    }
}
