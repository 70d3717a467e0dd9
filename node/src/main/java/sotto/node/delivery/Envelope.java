package sotto.node.delivery;

import java.time.Instant;
import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.node.api.MessageId;
import sotto.node.vault.Row;

/** What waits in the outbox for one contact. */
public record Envelope(long counter, MessageId id, Instant sentAt, String text) {

    Bytes toRow() {
        ByteWriter row = new ByteWriter().raw(Bytes.ofHex(id.hex())).u64(sentAt.toEpochMilli());
        return row.raw(Bytes.utf8(text)).toBytes();
    }

    static Envelope fromRow(long counter, Bytes row) {
        return Row.decode(row, reader -> {
            MessageId id = new MessageId(reader.raw(MessageId.SIZE_BYTES).hex());
            Instant sentAt = Instant.ofEpochMilli(reader.u64());
            return new Envelope(counter, id, sentAt, ByteReader.utf8(reader.rest()));
        });
    }
}
