package sotto.node.directory;

import java.util.random.RandomGenerator;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.SecretBytes;
import sotto.node.wire.AskToken;
import sotto.node.wire.Label;
import sotto.node.wire.Locator;

/** The 128 bits of a code that let its holder read the record and knock; they do not let anybody write. Confined to one thread. */
public record InvitationSecret(SecretBytes bytes) implements AutoCloseable {
    public static final int SIZE_BYTES = 16;

    private static final int KEY_BYTES = 32;

    public InvitationSecret {
        if (bytes.size() != SIZE_BYTES) {
            throw new IllegalArgumentException("an invitation secret has 16 bytes, not " + bytes.size());
        }
    }

    public static InvitationSecret generate(RandomGenerator random) {
        return new InvitationSecret(SecretBytes.random(SIZE_BYTES, random));
    }

    /** Opens the sealed record at {@code locator}: 32 bytes. */
    public SecretBytes readKey(Crypto crypto, Locator locator) {
        return derive(crypto, locator, Label.INVITATION_READ_KEY, KEY_BYTES);
    }

    /** Authenticates knocks at {@code locator}: 32 bytes. */
    public SecretBytes knockKey(Crypto crypto, Locator locator) {
        return derive(crypto, locator, Label.INVITATION_KNOCK_KEY, KEY_BYTES);
    }

    /** Asks the inviter for the record at {@code locator}; tells nothing of it to who has not this secret. */
    public AskToken askToken(Crypto crypto, Locator locator) {
        try (SecretBytes token = derive(crypto, locator, Label.INVITATION_ASK_TOKEN, AskToken.SIZE_BYTES)) {
            return new AskToken(Bytes.owning(token.copy()));
        }
    }

    private SecretBytes derive(Crypto crypto, Locator locator, Label purpose, int sizeBytes) {
        return crypto.hkdf(bytes, Bytes.EMPTY, purpose.over(locator.bytes()), sizeBytes);
    }

    @Override
    public void close() {
        bytes.close();
    }
}
