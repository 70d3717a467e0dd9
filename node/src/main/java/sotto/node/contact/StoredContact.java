package sotto.node.contact;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.peer.Multiaddr;
import sotto.node.api.AccountId;
import sotto.node.ratchet.SentKnock;
import sotto.node.vault.Row;
import sotto.node.wire.AccountKeys;

/**
 * A contact as the vault keeps it.
 *
 * @param person who it is, which never changes
 * @param pairRoots the secrets shared with it, newest first, at most {@link RecognitionTags#PAIR_ROOTS_MAX}
 * @param addresses where it was last known to listen, at most {@link #ADDRESSES_MAX}
 */
public record StoredContact(
        ContactNumber number,
        Person person,
        Names names,
        Marks marks,
        List<SecretBytes> pairRoots,
        List<Multiaddr> addresses) {
    public static final int ADDRESSES_MAX = 16;
    private static final int VERSION = 1;

    public StoredContact {
        pairRoots = List.copyOf(pairRoots.subList(0, Math.min(pairRoots.size(), RecognitionTags.PAIR_ROOTS_MAX)));
        addresses = addresses.stream().distinct().limit(ADDRESSES_MAX).toList();
    }

    /**
     * Who a contact is.
     *
     * @param id the hash of {@code keys}
     * @param since when it became a contact, by our clock
     */
    public record Person(AccountId id, AccountKeys keys, String safetyNumber, Instant since) {}

    /** How a contact is called: here, by itself, and the label of the invitation that it came by (or empty). */
    public record Names(String local, String announced, String invitationLabel) {}

    /** What the user has decided about a contact. */
    public record Marks(boolean isVerified, boolean isBlocked) {
        public static final Marks NONE = new Marks(false, false);
    }

    public AccountId id() {
        return person.id;
    }

    public String safetyNumber() {
        return person.safetyNumber;
    }

    public Instant since() {
        return person.since;
    }

    public boolean isVerified() {
        return marks.isVerified;
    }

    public boolean isBlocked() {
        return marks.isBlocked;
    }

    /** True if whoever has {@code root} may speak as this contact. */
    public boolean isKnownBy(SecretBytes root) {
        return !isBlocked() && pairRoots.contains(root);
    }

    public StoredContact named(String local) {
        return with(new Names(local, names.announced, names.invitationLabel));
    }

    public StoredContact announcing(String announced) {
        return with(new Names(names.local, announced, names.invitationLabel));
    }

    private StoredContact with(Names next) {
        return new StoredContact(number, person, next, marks, pairRoots, addresses);
    }

    public StoredContact verified(boolean verified) {
        return with(new Marks(verified, marks.isBlocked));
    }

    public StoredContact blocked(boolean blocked) {
        return with(new Marks(marks.isVerified, blocked));
    }

    private StoredContact with(Marks next) {
        return new StoredContact(number, person, names, next, pairRoots, addresses);
    }

    public StoredContact reachedAt(List<Multiaddr> next) {
        return new StoredContact(number, person, names, marks, pairRoots, next);
    }

    /** With {@code root} in front; the oldest is forgotten beyond the limit. */
    public StoredContact sharing(SecretBytes root) {
        List<SecretBytes> roots = new ArrayList<>();
        roots.add(root);
        pairRoots.stream().filter(old -> !old.equals(root)).forEach(roots::add);
        return new StoredContact(number, person, names, marks, roots, addresses);
    }

    Bytes toRow() {
        ByteWriter row = new ByteWriter().u8(VERSION).u32(number.value()).raw(person.keys.encode());
        row.text16(names.local).text16(names.announced).text16(names.invitationLabel);
        row.u8(isVerified() ? 1 : 0).u8(isBlocked() ? 1 : 0);
        row.text16(person.safetyNumber).u64(person.since.toEpochMilli());
        row.u8(pairRoots.size());
        pairRoots.forEach(root -> root.use(row::raw));
        StoredKnock.writeAddresses(row, addresses);
        return row.toBytes();
    }

    static StoredContact fromRow(AccountId id, Bytes row) {
        return Row.decode(row, VERSION, reader -> {
            ContactNumber number = new ContactNumber((int) reader.u32());
            AccountKeys keys = AccountKeys.readFrom(reader);
            Names names = new Names(reader.text16(), reader.text16(), reader.text16());
            Marks marks = new Marks(reader.u8() == 1, reader.u8() == 1);
            Person person = new Person(id, keys, reader.text16(), Instant.ofEpochMilli(reader.u64()));
            return new StoredContact(number, person, names, marks, roots(reader), StoredKnock.readAddresses(reader));
        });
    }

    private static List<SecretBytes> roots(ByteReader reader) throws WireException {
        List<SecretBytes> roots = new ArrayList<>();
        for (int left = reader.u8(); left > 0; left--) {
            roots.add(SecretBytes.copyOf(reader.raw(SentKnock.PAIR_ROOT_BYTES)));
        }
        return roots;
    }
}
