package sotto.libp2p.swarm;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.ProtocolHandler;
import sotto.libp2p.host.ProtocolId;

/** The handlers of this host by protocol. Thread-safe. */
final class Protocols {
    private final Map<String, Entry> handlers = new ConcurrentHashMap<>();

    void put(Entry entry) {
        handlers.put(entry.protocol.name(), entry);
    }

    /** The protocol that a peer calls {@code name}, if it is offered on {@code connection}; else it is as if it did not exist. */
    Optional<Entry> offered(String name, Connection connection) {
        return Optional.ofNullable(handlers.get(name)).filter(entry -> entry.handler.isOfferedOn(connection));
    }

    List<ProtocolId> offeredOn(Connection connection) {
        return handlers.values().stream()
                .filter(entry -> entry.handler.isOfferedOn(connection))
                .map(Entry::protocol)
                .toList();
    }

    /** @param streamsMax how many streams of it one connection may have open here */
    record Entry(ProtocolId protocol, ProtocolHandler handler, int streamsMax) {}
}
