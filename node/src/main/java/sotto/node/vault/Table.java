package sotto.node.vault;

import java.util.List;
import java.util.Optional;
import sotto.libp2p.bytes.Bytes;

/** A sorted table: keys of at most 512 bytes in unsigned order, values of at most 1 MiB. Reading only; {@link WritableTable} changes it. */
public interface Table {
    int KEY_BYTES_MAX = 512;
    int VALUE_BYTES_MAX = 1 << 20;

    Optional<Bytes> get(Bytes key);

    /** At most {@code limit} entries with {@code from} <= key < {@code to}, in ascending order. */
    List<Entry> ascending(Bytes from, Bytes to, int limit);

    /** At most {@code limit} entries with {@code from} <= key < {@code to}, in descending order. */
    List<Entry> descending(Bytes from, Bytes to, int limit);

    /** All entries whose key starts with {@code prefix}, in ascending order, at most {@code limit}. */
    List<Entry> withPrefix(Bytes prefix, int limit);

    /** One row. */
    record Entry(Bytes key, Bytes value) {}
}
