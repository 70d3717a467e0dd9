package sotto.node.session;

import java.util.random.RandomGenerator;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.Crypto;

/**
 * The first of a session's three states: we sent fresh randomness and await theirs.
 *
 * <p>How to drive a session: both ends send {@link #message()} as the first message of the stream; the first that arrives goes
 * to {@link #onHello}, which gives a {@link SessionConfirmation}, whose message is sent; the second that arrives goes to its
 * {@code onConfirmation}, which gives the {@link SealedChannel}. Nothing of the user is sent before. Any exception ends the
 * session. Confined to one thread.
 */
public final class SessionHello {
    public static final int SIZE_BYTES = 32;

    private final Crypto crypto;
    private final SessionBinding binding;
    private final Bytes ours;

    public SessionHello(Crypto crypto, SessionBinding binding, RandomGenerator random) {
        this.crypto = crypto;
        this.binding = binding;
        byte[] fresh = new byte[SIZE_BYTES];
        random.nextBytes(fresh);
        this.ours = Bytes.owning(fresh);
    }

    /** What to send: 32 random bytes. */
    public Bytes message() {
        return ours;
    }

    /** Takes the other end's hello. */
    public SessionConfirmation onHello(Bytes theirs) throws SessionException {
        if (theirs.size() != SIZE_BYTES || theirs.equals(ours)) {
            throw new SessionException("expected another hello of 32 bytes");
        }
        Bytes openerHello = binding.isOpener() ? ours : theirs;
        Bytes acceptorHello = binding.isOpener() ? theirs : ours;
        return new SessionConfirmation(
                new SessionKeys(crypto, binding, openerHello, acceptorHello), binding.isOpener());
    }
}
