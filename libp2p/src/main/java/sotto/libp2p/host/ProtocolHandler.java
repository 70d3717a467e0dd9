package sotto.libp2p.host;

/** Serves one protocol. Called on the connection's loop; must not block. */
public interface ProtocolHandler {
    /** True if this protocol is offered on {@code connection}: negotiated with it, and named to it in identify. */
    default boolean isOfferedOn(Connection connection) {
        return true;
    }

    /** The other end opened {@code stream}. */
    void onStream(Stream stream);
}
