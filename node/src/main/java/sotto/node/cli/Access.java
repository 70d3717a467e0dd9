package sotto.node.cli;

import java.util.Optional;
import sotto.node.api.Messenger;
import sotto.node.rpc.MessengerServer;

/** A messenger in hand. Closing it ends what was started for it: a node here with its socket, or only the way to one elsewhere. */
public final class Access implements AutoCloseable {
    private final Messenger messenger;
    private final Optional<MessengerServer> server;
    private final boolean isAttached;

    private Access(Messenger messenger, Optional<MessengerServer> server, boolean isAttached) {
        this.messenger = messenger;
        this.server = server;
        this.isAttached = isAttached;
    }

    static Access attached(Messenger messenger) {
        return new Access(messenger, Optional.empty(), true);
    }

    static Access hosted(Messenger messenger, MessengerServer server) {
        return new Access(messenger, Optional.of(server), false);
    }

    static Access opened(Messenger messenger) {
        return new Access(messenger, Optional.empty(), false);
    }

    public Messenger messenger() {
        return messenger;
    }

    /** Whether the node runs in another process and goes on without this one. */
    public boolean isAttached() {
        return isAttached;
    }

    @Override
    public void close() {
        server.ifPresent(MessengerServer::close);
        messenger.close();
    }
}
