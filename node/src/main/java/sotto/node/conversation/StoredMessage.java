package sotto.node.conversation;

import java.time.Instant;
import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.node.api.MessageId;
import sotto.node.api.MessageState;
import sotto.node.vault.Row;

/** A message as the vault keeps it: the text as it was written, not yet made harmless. */
public record StoredMessage(MessageId id, long position, boolean isMine, Instant at, MessageState state, String text) {
    private static final int VERSION = 1;
    private static final int QUEUED = 0;
    private static final int DELIVERED = 1;
    private static final int FAILED = 2;

    StoredMessage in(MessageState next) {
        return new StoredMessage(id, position, isMine, at, next, text);
    }

    /** With the first {@code charactersMax} characters of its text, or one less rather than half a surrogate pair. */
    public StoredMessage beginning(int charactersMax) {
        if (text.length() <= charactersMax) {
            return this;
        }
        int end = Character.isHighSurrogate(text.charAt(charactersMax - 1)) ? charactersMax - 1 : charactersMax;
        return new StoredMessage(id, position, isMine, at, state, text.substring(0, end));
    }

    Bytes toRow() {
        ByteWriter row = new ByteWriter().u8(VERSION).raw(Bytes.ofHex(id.hex())).u8(isMine ? 1 : 0);
        row.u64(at.toEpochMilli());
        state.match(
                queued -> row.u8(QUEUED),
                delivered -> row.u8(DELIVERED).u64(delivered.at().toEpochMilli()),
                failed -> row.u8(FAILED).text16(failed.reason()));
        return row.raw(Bytes.utf8(text)).toBytes();
    }

    static StoredMessage fromRow(long position, Bytes row) {
        return Row.decode(row, VERSION, reader -> {
            MessageId id = new MessageId(reader.raw(MessageId.SIZE_BYTES).hex());
            boolean isMine = reader.u8() == 1;
            Instant at = Instant.ofEpochMilli(reader.u64());
            MessageState state = state(reader);
            return new StoredMessage(id, position, isMine, at, state, ByteReader.utf8(reader.rest()));
        });
    }

    private static MessageState state(ByteReader reader) throws WireException {
        int kind = reader.u8();
        return switch (kind) {
            case QUEUED -> new MessageState.Queued();
            case DELIVERED -> new MessageState.Delivered(Instant.ofEpochMilli(reader.u64()));
            case FAILED -> new MessageState.Failed(reader.text16());
            default -> throw new WireException("a message state " + kind);
        };
    }
}
