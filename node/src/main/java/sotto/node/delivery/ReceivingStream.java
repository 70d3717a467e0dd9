package sotto.node.delivery;

import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.node.vault.Row;
import sotto.node.wire.SessionMessage;

/** Where a contact's stream of envelopes to us stands: its incarnation and the counter that comes next. */
record ReceivingStream(Bytes incarnation, long nextCounter) {
    ReceivingStream afterOne() {
        return new ReceivingStream(incarnation, nextCounter + 1);
    }

    Bytes toRow() {
        return new ByteWriter().raw(incarnation).u64(nextCounter).toBytes();
    }

    static ReceivingStream fromRow(Bytes row) {
        return Row.decode(row, in -> new ReceivingStream(in.raw(SessionMessage.INCARNATION_BYTES), in.u64()));
    }
}
