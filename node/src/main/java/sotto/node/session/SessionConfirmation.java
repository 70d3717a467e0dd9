package sotto.node.session;

import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.SecretBytes;

/** The second state of a session: keys are derived, and we await the proof that the other end has them too. Confined to one thread. */
public final class SessionConfirmation {
    private final SessionKeys keys;
    private final boolean isOpener;

    SessionConfirmation(SessionKeys keys, boolean isOpener) {
        this.keys = keys;
        this.isOpener = isOpener;
    }

    /** What to send: 32 bytes that only the two ends of this session can know. */
    public Bytes message() {
        try (SecretBytes confirmation = keys.confirmation(isOpener)) {
            return Bytes.owning(confirmation.copy());
        }
    }

    /** Takes the other end's confirmation. */
    public SealedChannel onConfirmation(Bytes theirs) throws SessionException {
        try (SecretBytes expected = keys.confirmation(!isOpener);
                SecretBytes found = SecretBytes.copyOf(theirs)) {
            if (!expected.equals(found)) {
                throw new SessionException("the other end has other keys");
            }
        }
        return new SealedChannel(keys.cipher(isOpener), keys.cipher(!isOpener));
    }
}
