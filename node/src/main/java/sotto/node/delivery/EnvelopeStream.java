package sotto.node.delivery;

import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.node.vault.Row;

/** Where a one-way stream of envelopes stands: its incarnation and the counter of the next one. */
record EnvelopeStream(Bytes incarnation, long nextCounter) {
    private static final int INCARNATION_BYTES = 16;

    EnvelopeStream afterOne() {
        return new EnvelopeStream(incarnation, nextCounter + 1);
    }

    Bytes toRow() {
        return new ByteWriter().raw(incarnation).u64(nextCounter).toBytes();
    }

    static EnvelopeStream fromRow(Bytes row) {
        return Row.decode(row, reader -> new EnvelopeStream(reader.raw(INCARNATION_BYTES), reader.u64()));
    }
}
