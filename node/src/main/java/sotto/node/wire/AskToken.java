package sotto.node.wire;

import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;

/**
 * What an inviter is asked for the record of an invitation by. It comes of the secret in the code, so that a server of the
 * directory, which knows the record's {@link Locator}, cannot find out by asking whose it is.
 */
public record AskToken(Bytes bytes) {
    public static final int SIZE_BYTES = 16;

    public AskToken {
        if (bytes.size() != SIZE_BYTES) {
            throw new IllegalArgumentException("an ask token has 16 bytes, not " + bytes.size());
        }
    }

    /** A token as it arrives alone, on {@link Protocols#RECORD}. */
    public static AskToken decode(Bytes bytes) throws WireException {
        if (bytes.size() != SIZE_BYTES) {
            throw new WireException("expected an ask token of 16 bytes, found " + bytes.size());
        }
        return new AskToken(bytes);
    }

    /** Whoever has it can tell its inviter among nodes. */
    @Override
    public String toString() {
        return "AskToken";
    }
}
