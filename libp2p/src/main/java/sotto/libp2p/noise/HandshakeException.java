package sotto.libp2p.noise;

/** The other end's handshake is malformed, not authentic, or not that of the peer expected. Says what, never the bytes. */
public final class HandshakeException extends Exception {
    private static final long serialVersionUID = 1;

    public HandshakeException(String message) {
        super(message);
    }

    public HandshakeException(String message, Throwable cause) {
        super(message, cause);
    }
}
