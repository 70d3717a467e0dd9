package sotto.libp2p.bytes;

/** Bytes or text from outside are not what a format demands. The message says what was expected and what came, never the bytes. */
public final class WireException extends Exception {
    private static final long serialVersionUID = 1;

    public WireException(String message) {
        super(message);
    }

    public WireException(String message, Throwable cause) {
        super(message, cause);
    }
}
