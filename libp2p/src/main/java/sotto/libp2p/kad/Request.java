package sotto.libp2p.kad;

import java.time.Instant;
import java.util.List;
import sotto.libp2p.bytes.Bytes;

/** What one peer asks of another (kad-dht specification, "RPC messages"). */
public sealed interface Request {
    /** What the question is about; empty for {@link Ping}. */
    Bytes key();

    /** Whether whoever takes it says so. */
    default boolean isAnswered() {
        return true;
    }

    /** What is to be done for each kind of request. */
    <T> T match(Cases<T> cases);

    /** One answer for each kind of request. */
    interface Cases<T> {
        T onFindNode(FindNode request);

        T onGetValue(GetValue request);

        T onPutValue(PutValue request);

        T onGetProviders(GetProviders request);

        T onAddProvider(AddProvider request);

        T onPing(Ping request);
    }

    /** Which peers are closest to {@code key}: a peer id's multihash, or any other bytes. */
    record FindNode(Bytes key) implements Request {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.onFindNode(this);
        }
    }

    /** The record of {@code key}, and which peers are closer to it. */
    record GetValue(Bytes key) implements Request {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.onGetValue(this);
        }
    }

    /** Keep {@code value}. {@code at} is what the wire calls the time received, which some peers demand and none believes. */
    record PutValue(Bytes key, Bytes value, Instant at) implements Request {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.onPutValue(this);
        }
    }

    /** Who provides {@code key}, and which peers are closer to it. */
    record GetProviders(Bytes key) implements Request {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.onGetProviders(this);
        }
    }

    /** Keep in mind that {@code providers}, of whom only the asking peer itself counts, provide {@code key}. Is not answered. */
    record AddProvider(Bytes key, List<Peer> providers) implements Request {
        public AddProvider {
            providers = List.copyOf(providers);
        }

        @Override
        public boolean isAnswered() {
            return false;
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.onAddProvider(this);
        }
    }

    /** Are you there? */
    record Ping() implements Request {
        @Override
        public Bytes key() {
            return Bytes.EMPTY;
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.onPing(this);
        }
    }
}
