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
import sotto.node.vault.Row;
import sotto.node.wire.AccountKeys;

/**
 * A contact as the vault keeps it.
 *
 * @param id the hash of {@code keys}
 * @param pairRoots the secrets shared with it, newest first, at most {@link RecognitionTags#PAIR_ROOTS_MAX}
 * @param addresses where it was last known to listen, at most {@link #ADDRESSES_MAX}
 */
public record StoredContact(
        ContactNumber number,
        AccountId id,
        AccountKeys keys,
        Names names,
        boolean isVerified,
        boolean isBlocked,
        String safetyNumber,
        Instant since,
        List<SecretBytes> pairRoots,
        List<Multiaddr> addresses) {
    public static final int ADDRESSES_MAX = 16;
    private static final int VERSION = 1;
    private static final int ROOT_BYTES = 32;

    public StoredContact {
        pairRoots = List.copyOf(pairRoots.subList(0, Math.min(pairRoots.size(), RecognitionTags.PAIR_ROOTS_MAX)));
        addresses = addresses.stream().distinct().limit(ADDRESSES_MAX).toList();
    }

    /** True if whoever has {@code root} may speak as this contact. */
    public boolean isKnownBy(SecretBytes root) {
        return !isBlocked && pairRoots.contains(root);
    }

    /** How a contact is called: here, by itself, and the label of the invitation that it came by (or empty). */
    public record Names(String local, String announced, String invitationLabel) {}

    public StoredContact named(String local) {
        return with(new Names(local, names.announced, names.invitationLabel));
    }

    public StoredContact announcing(String announced) {
        return with(new Names(names.local, announced, names.invitationLabel));
    }

    private StoredContact with(Names next) {
        return new StoredContact(
                number, id, keys, next, isVerified, isBlocked, safetyNumber, since, pairRoots, addresses);
    }

    public StoredContact verified(boolean verified) {
        return new StoredContact(
                number, id, keys, names, verified, isBlocked, safetyNumber, since, pairRoots, addresses);
    }

    public StoredContact blocked(boolean blocked) {
        return new StoredContact(
                number, id, keys, names, isVerified, blocked, safetyNumber, since, pairRoots, addresses);
    }

    public StoredContact reachedAt(List<Multiaddr> next) {
        return new StoredContact(number, id, keys, names, isVerified, isBlocked, safetyNumber, since, pairRoots, next);
    }

    /** With {@code root} in front; the oldest is forgotten beyond the limit. */
    public StoredContact sharing(SecretBytes root) {
        List<SecretBytes> roots = new ArrayList<>();
        roots.add(root);
        pairRoots.stream().filter(old -> !old.equals(root)).forEach(roots::add);
        return new StoredContact(number, id, keys, names, isVerified, isBlocked, safetyNumber, since, roots, addresses);
    }

    Bytes toRow() {
        ByteWriter row = new ByteWriter().u8(VERSION).u32(number.value()).raw(keys.encode());
        row.text16(names.local).text16(names.announced).text16(names.invitationLabel);
        row.u8(isVerified ? 1 : 0).u8(isBlocked ? 1 : 0).text16(safetyNumber).u64(since.toEpochMilli());
        row.u8(pairRoots.size());
        pairRoots.forEach(root -> root.use(row::raw));
        StoredKnock.writeAddresses(row, addresses);
        return row.toBytes();
    }

    static StoredContact fromRow(AccountId id, Bytes row) {
        return Row.decode(row, VERSION, reader -> {
            return new StoredContact(
                    new ContactNumber((int) reader.u32()),
                    id,
                    AccountKeys.readFrom(reader),
                    new Names(reader.text16(), reader.text16(), reader.text16()),
                    reader.u8() == 1,
                    reader.u8() == 1,
                    reader.text16(),
                    Instant.ofEpochMilli(reader.u64()),
                    roots(reader),
                    StoredKnock.readAddresses(reader));
        });
    }

    private static List<SecretBytes> roots(ByteReader reader) throws WireException {
        List<SecretBytes> roots = new ArrayList<>();
        for (int left = reader.u8(); left > 0; left--) {
            roots.add(SecretBytes.copyOf(reader.raw(ROOT_BYTES)));
        }
        return roots;
    }
}
