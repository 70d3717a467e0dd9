package sotto.node.directory;

import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.node.wire.Addresses;

/**
 * What one contact leaves for another in the directory: where it is now ({@code docs/protocol/directory.md}, "Contact record").
 * Mailboxes and prekeys have their places already and are skipped by a reader that does not know what they hold.
 */
public record ContactRecord(Addresses addresses) {
    private static final int KIND = 2;

    /** The content for a {@link SealedRecord} under {@link ContactRecordKeys}. */
    public Bytes encode() {
        ByteWriter out = new ByteWriter().u8(KIND);
        addresses.writeTo(out);
        Bytes mailboxes = Bytes.EMPTY;
        Bytes prekeys = Bytes.EMPTY;
        return out.field16(mailboxes).field16(prekeys).toBytes();
    }

    public static ContactRecord decode(Bytes content) throws WireException {
        ByteReader in = new ByteReader(content);
        int kind = in.u8();
        if (kind != KIND) {
            throw new WireException("a record of kind " + kind + ", expected a contact's");
        }
        Addresses addresses = Addresses.readFrom(in);
        in.field16();
        in.field16();
        in.end();
        return new ContactRecord(addresses);
    }
}
