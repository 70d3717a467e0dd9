package sotto.node.contact;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.SecretBytes;
import sotto.node.api.AccountId;
import sotto.node.api.DisplayName;
import sotto.node.vault.Row;
import sotto.node.vault.Table;
import sotto.node.vault.Tables;
import sotto.node.vault.Transaction;

/**
 * All contacts, read from the vault once and kept in memory beside it: a transaction that fails closes the vault and this
 * with it, so the two cannot part. Confined to the node loop.
 */
public final class ContactBook implements AutoCloseable {
    private static final String CONTACTS = "contacts";
    private static final String COUNTERS = "counters";
    private static final Bytes NEXT_NUMBER = Bytes.utf8("contact-number");

    private final Map<AccountId, StoredContact> contacts = new TreeMap<>();
    private final Map<ContactNumber, AccountId> ids = new HashMap<>();
    private final Map<NameSkeleton, Set<AccountId>> bySkeleton = new HashMap<>();

    private final int contactsMax;

    /** Reads the book, which is full with {@code contactsMax} contacts. */
    public ContactBook(Tables tables, int contactsMax) {
        this.contactsMax = contactsMax;
        for (Table.Entry entry : tables.table(CONTACTS).withPrefix(Bytes.EMPTY, contactsMax)) {
            AccountId id = new AccountId(entry.key().hex());
            remember(StoredContact.fromRow(id, entry.value()));
        }
    }

    public Collection<StoredContact> all() {
        return Collections.unmodifiableCollection(contacts.values());
    }

    public boolean isFull() {
        return contacts.size() >= contactsMax;
    }

    public Optional<StoredContact> find(AccountId id) {
        return Optional.ofNullable(contacts.get(id));
    }

    public Optional<StoredContact> find(ContactNumber number) {
        return Optional.ofNullable(ids.get(number)).flatMap(this::find);
    }

    /**
     * All contacts that {@code word} can mean: the one with this id, or else those whose id starts with it as hexadecimal digits,
     * with the one of exactly this local name or, where there is none, those whose name differs from it only in case. Names are
     * chosen by others, so one that looks like an id must not win over it.
     */
    public List<StoredContact> search(String word) {
        String digits = word.toLowerCase(Locale.ROOT);
        boolean isExact = contacts.values().stream()
                .anyMatch(contact -> contact.names().local().equals(word));
        List<StoredContact> meant = contacts.values().stream()
                .filter(contact -> (isExact
                                ? contact.names().local().equals(word)
                                : contact.names().local().equalsIgnoreCase(word))
                        || (!digits.isEmpty() && contact.id().hex().startsWith(digits)))
                .toList();
        Optional<StoredContact> exact = meant.stream()
                .filter(contact -> contact.id().hex().equals(digits))
                .findFirst();
        return exact.map(List::of).orElse(meant);
    }

    /** Other contacts whose local or announced name can be taken for one of {@code contact}'s. */
    public List<StoredContact> lookalikes(StoredContact contact) {
        return shapes(contact)
                .flatMap(shape -> bySkeleton.getOrDefault(shape, Set.of()).stream())
                .filter(id -> !id.equals(contact.id()))
                .distinct()
                .sorted()
                .flatMap(id -> find(id).stream())
                .toList();
    }

    /** {@code wanted}, or with a number behind it where another contact has that local name. */
    public DisplayName uniqueName(DisplayName wanted, AccountId owner) {
        DisplayName name = wanted;
        for (int number = 2; isTaken(name, owner); number++) {
            name = DisplayName.of(stem(wanted, number) + " " + number);
        }
        return name;
    }

    /** As much of a name as leaves room for a number behind it. */
    private static String stem(DisplayName name, int number) {
        int sizeBytesMax =
                DisplayName.SIZE_BYTES_MAX - 1 - Integer.toString(number).length();
        String stem = name.toString();
        while (Bytes.utf8(stem).size() > sizeBytesMax) {
            stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
        }
        return stem;
    }

    public boolean isTaken(DisplayName name, AccountId owner) {
        return contacts.values().stream()
                .anyMatch(contact -> contact.names().local().equals(name.toString())
                        && !contact.id().equals(owner));
    }

    /** A number that no contact has or had. */
    public ContactNumber nextNumber(Transaction transaction) {
        int number = transaction
                .table(COUNTERS)
                .get(NEXT_NUMBER)
                .map(ContactBook::number)
                .orElse(1);
        transaction
                .table(COUNTERS)
                .put(NEXT_NUMBER, new ByteWriter().u32(number + 1L).toBytes());
        return new ContactNumber(number);
    }

    /** Adds or replaces. */
    public void put(Transaction transaction, StoredContact contact) {
        transaction.table(CONTACTS).put(Bytes.ofHex(contact.id().hex()), contact.toRow());
        remember(contact);
    }

    public void remove(Transaction transaction, AccountId id) {
        transaction.table(CONTACTS).remove(Bytes.ofHex(id.hex()));
        forget(id);
    }

    /** Wipes the pair roots. */
    @Override
    public void close() {
        contacts.values().forEach(contact -> contact.pairRoots().forEach(SecretBytes::close));
    }

    private void remember(StoredContact contact) {
        forget(contact.id());
        contacts.put(contact.id(), contact);
        ids.put(contact.number(), contact.id());
        shapes(contact)
                .forEach(shape -> bySkeleton
                        .computeIfAbsent(shape, unknown -> new HashSet<>())
                        .add(contact.id()));
    }

    private void forget(AccountId id) {
        Optional.ofNullable(contacts.remove(id)).ifPresent(gone -> {
            ids.remove(gone.number());
            shapes(gone)
                    .forEach(shape -> bySkeleton.computeIfPresent(shape, (same, owners) -> {
                        owners.remove(id);
                        return owners.isEmpty() ? null : owners;
                    }));
        });
    }

    private static Stream<NameSkeleton> shapes(StoredContact contact) {
        return Stream.of(contact.names().local(), contact.names().announced()).map(NameSkeleton::of);
    }

    private static int number(Bytes row) {
        return Row.decode(row, reader -> (int) reader.u32());
    }
}
