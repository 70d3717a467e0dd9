package sotto.node.core;

import java.util.Optional;
import java.util.function.Function;
import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.node.contact.ContactNumber;

/**
 * A durable event as the vault keeps it: what happened and to what, by reference. So a message that is erased is erased from
 * the feed too, and an event that is told late tells the present state of its subject.
 */
sealed interface StoredEvent {
    /** A message was stored (or, where {@code isChange}, has another state). */
    record OfMessage(boolean isChange, ContactNumber contact, long position) implements StoredEvent {}

    /** A contact was added (or, where {@code isChange}, changed). */
    record OfContact(boolean isChange, ContactNumber contact) implements StoredEvent {}

    /** A contact was removed; whose contact we were must not outlive that, so not even which one. */
    record Removal() implements StoredEvent {}

    record KnockEnd(String knock, Optional<ContactNumber> contact, String reason) implements StoredEvent {}

    /** An invitation changed (or, where {@code isLeak}, was used by a second person). */
    record OfInvitation(boolean isLeak, String label) implements StoredEvent {}

    /** One answer per kind; in this order the kinds are numbered from 1 in rows. */
    default <T> T match(
            Function<OfMessage, T> onMessage,
            Function<OfContact, T> onContact,
            Function<Removal, T> onRemoval,
            Function<KnockEnd, T> onKnockEnd,
            Function<OfInvitation, T> onInvitation) {
        if (this instanceof OfMessage message) {
            return onMessage.apply(message);
        } else if (this instanceof OfContact contact) {
            return onContact.apply(contact);
        } else if (this instanceof Removal removal) {
            return onRemoval.apply(removal);
        } else if (this instanceof KnockEnd end) {
            return onKnockEnd.apply(end);
        }
        return onInvitation.apply((OfInvitation) this);
    }

    default Bytes toRow(long atMillis) {
        ByteWriter row = new ByteWriter().u64(atMillis);
        return match(
                        message -> row.u8(1)
                                .u8(message.isChange ? 1 : 0)
                                .u32(message.contact.value())
                                .u64(message.position),
                        contact -> row.u8(2).u8(contact.isChange ? 1 : 0).u32(contact.contact.value()),
                        removal -> row.u8(3),
                        end -> row.u8(4)
                                .u32(end.contact.map(ContactNumber::value).orElse(0))
                                .text16(end.knock)
                                .text16(end.reason),
                        invitation -> row.u8(5).u8(invitation.isLeak ? 1 : 0).text16(invitation.label))
                .toBytes();
    }

    /** The event in a row, behind the 8 bytes of its time. */
    static StoredEvent fromRow(ByteReader row) throws WireException {
        int kind = row.u8();
        return switch (kind) {
            case 1 -> new OfMessage(row.u8() == 1, new ContactNumber((int) row.u32()), row.u64());
            case 2 -> new OfContact(row.u8() == 1, new ContactNumber((int) row.u32()));
            case 3 -> new Removal();
            case 4 -> {
                Optional<ContactNumber> contact =
                        Optional.of(new ContactNumber((int) row.u32())).filter(number -> number.value() != 0);
                yield new KnockEnd(row.text16(), contact, row.text16());
            }
            case 5 -> new OfInvitation(row.u8() == 1, row.text16());
            default -> throw new WireException("an event of kind " + kind);
        };
    }
}
