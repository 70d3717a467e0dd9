package sotto.node.delivery;

import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.node.vault.Row;
import sotto.node.wire.SessionMessage;

/**
 * Where our stream of envelopes to a contact stands. Envelopes lie in the outbox by an index that never begins again; on the wire
 * they have counters, from 1 in each incarnation. So a new incarnation costs the same however much waits.
 *
 * @param firstIndex of the envelope that has counter 1
 * @param nextIndex of the next envelope
 */
record SendingStream(Bytes incarnation, long firstIndex, long nextIndex) {
    SendingStream afterOne() {
        return new SendingStream(incarnation, firstIndex, nextIndex + 1);
    }

    long counterOf(long index) {
        return index - firstIndex + 1;
    }

    long indexOf(long counter) {
        return firstIndex + counter - 1;
    }

    /** The counter of the newest envelope; 0 where there is none. */
    long lastCounter() {
        return counterOf(nextIndex - 1);
    }

    Bytes toRow() {
        return new ByteWriter().raw(incarnation).u64(firstIndex).u64(nextIndex).toBytes();
    }

    static SendingStream fromRow(Bytes row) {
        return Row.decode(row, SendingStream::readFrom);
    }

    private static SendingStream readFrom(ByteReader in) throws WireException {
        return new SendingStream(in.raw(SessionMessage.INCARNATION_BYTES), in.u64(), in.u64());
    }
}
