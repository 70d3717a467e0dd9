package sotto.libp2p.crypto;

/** A seal did not open, a signature or key from outside is not valid. Says what, never why in detail, never the bytes. */
public final class CryptoException extends Exception {
    private static final long serialVersionUID = 1;

    public CryptoException(String message) {
        super(message);
    }
}
