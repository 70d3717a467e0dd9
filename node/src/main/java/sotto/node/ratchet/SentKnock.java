package sotto.node.ratchet;

import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.SecretBytes;
import sotto.node.api.MessageId;

/**
 * A knock of ours, to be stored before it is sent: the same bytes are sent again until we are recognised, so that the other
 * end sees one knock however often it travels.
 *
 * @param block 8,192 bytes for {@code Protocols.KNOCK}
 * @param pairRoot 32 bytes; a candidate until recognition with it succeeds, which is how we learn that we were accepted
 * @param id the same on both ends; names the greeting as a message
 */
public record SentKnock(Bytes block, SecretBytes pairRoot, MessageId id) {
    /** A pair root, however it came about. */
    public static final int PAIR_ROOT_BYTES = 32;
}
