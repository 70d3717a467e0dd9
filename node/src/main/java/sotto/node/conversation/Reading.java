package sotto.node.conversation;

import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.node.vault.Row;

/**
 * How far a conversation has come.
 *
 * @param nextPosition where the next message goes; positions begin at 1
 * @param readUpTo the position up to which received messages were seen
 * @param unread received messages behind it
 */
record Reading(long nextPosition, long readUpTo, int unread) {
    static final Reading NEW = new Reading(1, 0, 0);

    Reading afterStoring(boolean isMine) {
        return new Reading(nextPosition + 1, readUpTo, isMine ? unread : unread + 1);
    }

    Reading whole() {
        return new Reading(nextPosition, nextPosition - 1, 0);
    }

    Bytes toRow() {
        return new ByteWriter().u64(nextPosition).u64(readUpTo).u32(unread).toBytes();
    }

    static Reading fromRow(Bytes row) {
        return Row.decode(row, reader -> new Reading(reader.u64(), reader.u64(), (int) reader.u32()));
    }
}
