package sotto.node.session;

/** What came is not what the other end of this session would have sent. The session is over; the stream is to be reset. */
public final class SessionException extends Exception {
    private static final long serialVersionUID = 1;

    public SessionException(String message) {
        super(message);
    }

    public SessionException(String message, Throwable cause) {
        super(message, cause);
    }
}
