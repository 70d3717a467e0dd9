package sotto.node.ratchet;

/** A handshake cannot be made with the keys that the other end published, or did not come out as it must. Never says why in detail. */
public final class HandshakeException extends Exception {
    private static final long serialVersionUID = 1;

    public HandshakeException(String message) {
        super(message);
    }

    public HandshakeException(String message, Throwable cause) {
        super(message, cause);
    }
}
