package sotto.node.api;

import java.util.List;
import java.util.Optional;

/**
 * What a node is and does right now. Account and network are there only while it is open.
 *
 * @param directoryServers servers of the directory that are known
 */
public record Status(
        Life life,
        String version,
        Optional<Account> account,
        List<String> listen,
        int connections,
        int directoryServers,
        int outbox,
        boolean isLanOnly,
        long refusedNonLocal,
        String cipher,
        long lastSequence) {
    public Status {
        listen = List.copyOf(listen);
    }

    /** The three lives of a messenger. */
    public enum Life {
        /** There is no vault in this home. */
        ABSENT,
        /** There is a vault, closed. */
        LOCKED,
        OPEN
    }

    /** Who the node is. */
    public record Account(DisplayName name, AccountId id) {}
}
