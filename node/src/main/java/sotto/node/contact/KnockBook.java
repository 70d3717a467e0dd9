package sotto.node.contact;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import sotto.libp2p.bytes.Bytes;
import sotto.node.vault.Table;
import sotto.node.vault.Tables;
import sotto.node.vault.Transaction;

/** Our knocks that are under way, in memory beside the vault as {@link ContactBook}. Confined to the node loop. */
public final class KnockBook implements AutoCloseable {
    private static final String KNOCKS = "knocks";

    private final Map<String, StoredKnock> knocks = new TreeMap<>();

    private final int knocksMax;

    /** Reads the book, which is full with {@code knocksMax} knocks. */
    public KnockBook(Tables tables, int knocksMax) {
        this.knocksMax = knocksMax;
        for (Table.Entry entry : BookRows.all(tables, KNOCKS, knocksMax)) {
            knocks.put(entry.key().hex(), StoredKnock.fromRow(entry.key().hex(), entry.value()));
        }
    }

    public Collection<StoredKnock> all() {
        return List.copyOf(knocks.values());
    }

    public boolean isFull() {
        return knocks.size() >= knocksMax;
    }

    public Optional<StoredKnock> find(String id) {
        return Optional.ofNullable(knocks.get(id));
    }

    public void put(Transaction transaction, StoredKnock knock) {
        transaction.table(KNOCKS).put(Bytes.ofHex(knock.id()), knock.toRow());
        knocks.put(knock.id(), knock);
    }

    /** Fixes whom a knock is for and its bytes: once, before it is first sent. */
    public StoredKnock aim(Transaction transaction, StoredKnock knock, StoredKnock.Target target) {
        StoredKnock aimed = knock.at(target);
        put(transaction, aimed);
        return aimed;
    }

    /** Wipes the roots of knocks that are under way. */
    @Override
    public void close() {
        knocks.values()
                .forEach(knock -> knock.target()
                        .ifPresent(target -> target.knock().pairRoot().close()));
    }

    public void remove(Transaction transaction, String id) {
        transaction.table(KNOCKS).remove(Bytes.ofHex(id));
        knocks.remove(id);
    }
}
