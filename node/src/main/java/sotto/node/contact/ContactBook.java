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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

    private static final Pattern WHOLE_ID = Pattern.compile("[0-9a-f]{64}");

    /** From this many hexadecimal digits on, a name could be meant for the beginning of an id. */
    private static final Pattern ID_LIKE = Pattern.compile("[0-9A-Fa-f]{8,}");

    /** How conversations call ourselves. */
    private static final Set<NameSkeleton> OURS = Stream.of("me", "you")
            .flatMap(name -> NameSkeleton.of(name).stream())
            .collect(Collectors.toUnmodifiableSet());

    private final Map<AccountId, StoredContact> contacts = new TreeMap<>();
    private final Map<ContactNumber, AccountId> ids = new HashMap<>();
    private final Map<NameSkeleton, Set<AccountId>> bySkeleton = new HashMap<>();

    private final int contactsMax;

    /** Reads the book, which is full with {@code contactsMax} contacts; one of more is not read at all. */
    public ContactBook(Tables tables, int contactsMax) {
        this.contactsMax = contactsMax;
        for (Table.Entry entry : BookRows.all(tables, CONTACTS, contactsMax)) {
            AccountId id = new AccountId(entry.key().hex());
            remember(StoredContact.fromRow(id, entry.value()));
        }
    }

    public Collection<StoredContact> all() {
        return Collections.unmodifiableCollection(contacts.values());
    }

    public boolean hasRoomFor(int more) {
        return contacts.size() + more <= contactsMax;
    }

    public Optional<StoredContact> find(AccountId id) {
        return Optional.ofNullable(contacts.get(id));
    }

    public Optional<StoredContact> find(ContactNumber number) {
        return Optional.ofNullable(ids.get(number)).flatMap(this::find);
    }

    /**
     * All contacts that {@code word} can mean: 64 hexadecimal digits mean the one with this id; a shorter word those whose id
     * starts with it, and where one has it for its local name (in any case), all whose local names can be taken for it. Names
     * are chosen by others, so none may win over another, or over an id, by how it is written.
     */
    public List<StoredContact> search(String word) {
        String digits = word.toLowerCase(Locale.ROOT);
        if (WHOLE_ID.matcher(digits).matches()) {
            return find(new AccountId(digits)).stream().toList();
        }
        boolean isName = contacts.values().stream()
                .anyMatch(contact -> contact.names().local().equalsIgnoreCase(word));
        return contacts.values().stream()
                .filter(contact ->
                        (isName && NameSkeleton.areAlike(word, contact.names().local()))
                                || (!digits.isEmpty() && contact.id().hex().startsWith(digits)))
                .toList();
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

    /**
     * {@code wanted} where {@code owner} can have that local name. Otherwise with a number behind it; a name that could be an
     * id has a word before it.
     */
    public DisplayName uniqueName(DisplayName wanted, AccountId owner) {
        DisplayName base = ID_LIKE.matcher(wanted.toString()).matches() ? DisplayName.of("contact " + wanted) : wanted;
        DisplayName name = base;
        for (int number = 2; isTaken(name, owner); number++) {
            name = DisplayName.of(stem(base, number) + " " + number);
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

    /** True if the name can be taken for ours in a conversation, or for the local name of another contact. */
    private boolean isTaken(DisplayName name, AccountId owner) {
        Set<NameSkeleton> shapes = NameSkeleton.of(name.toString());
        return !Collections.disjoint(shapes, OURS)
                || shapes.stream()
                        .flatMap(shape -> bySkeleton.getOrDefault(shape, Set.of()).stream())
                        .filter(id -> !id.equals(owner))
                        .flatMap(id -> find(id).stream())
                        .anyMatch(other -> NameSkeleton.areAlike(
                                name.toString(), other.names().local()));
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
        return Stream.of(contact.names().local(), contact.names().announced())
                .flatMap(name -> NameSkeleton.of(name).stream())
                .distinct();
    }

    private static int number(Bytes row) {
        return Row.decode(row, reader -> (int) reader.u32());
    }
}
