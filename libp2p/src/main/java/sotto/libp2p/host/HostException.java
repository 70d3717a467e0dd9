package sotto.libp2p.host;

/** A dial, a handshake or a stream failed: an expected outcome of talking to strangers. */
public final class HostException extends Exception {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    public HostException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public HostException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Why, for those who act on it. */
    public enum Reason {
        /** No connection to that address: refused, no route, timed out, or backing off. */
        UNREACHABLE,
        /** The address policy does not allow it. */
        NOT_ALLOWED,
        /** The security handshake failed or the peer was not the expected one. */
        HANDSHAKE_FAILED,
        /** The other end speaks none of the protocols asked for. */
        PROTOCOL_NOT_SUPPORTED,
        /** A bound of ours was reached. */
        LIMIT_REACHED,
        /** The stream, connection or host is closed, or was reset. */
        CLOSED
    }
}
