package sotto.node.contact;

import java.util.List;
import sotto.libp2p.bytes.Bytes;
import sotto.node.vault.Table;
import sotto.node.vault.Tables;

/** The rows of a table that is kept in memory. */
final class BookRows {
    private BookRows() {}

    /** All rows; {@link IllegalStateException} where they are more than a node ever writes, rather than silently fewer of them. */
    static List<Table.Entry> all(Tables tables, String name, int rowsMax) {
        List<Table.Entry> rows = tables.table(name).withPrefix(Bytes.EMPTY, rowsMax + 1);
        if (rows.size() > rowsMax) {
            throw new IllegalStateException("the vault has more than " + rowsMax + " rows of " + name);
        }
        return rows;
    }
}
