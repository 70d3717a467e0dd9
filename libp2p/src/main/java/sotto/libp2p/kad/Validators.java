package sotto.libp2p.kad;

import java.util.Map;
import java.util.Optional;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.RecordValidator;

/**
 * The rules of all namespaces that this host knows. A key begins with its namespace between two slashes; one without, or of
 * another namespace, is neither kept nor looked for. Immutable.
 *
 * @param byNamespace by the name between the slashes
 */
public record Validators(Map<String, RecordValidator> byNamespace) {
    private static final int NAMESPACE_BYTES_MAX = 32;

    public Validators {
        byNamespace = Map.copyOf(byNamespace);
    }

    public Optional<RecordValidator> of(Bytes key) {
        return namespace(key).map(byNamespace::get);
    }

    private static Optional<String> namespace(Bytes key) {
        StringBuilder name = new StringBuilder();
        for (int i = 1; i < Math.min(key.size(), NAMESPACE_BYTES_MAX); i++) {
            char next = (char) (key.at(i) & 0xff);
            if (next == '/') {
                return key.at(0) == '/' ? Optional.of(name.toString()) : Optional.empty();
            }
            name.append(next);
        }
        return Optional.empty();
    }
}
