package sotto.node.session;

import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.Aead;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.SecretBytes;
import sotto.node.api.AccountId;
import sotto.node.wire.Label;

/** The key schedule of a session ({@code docs/protocol/session.md}, "Keys"). */
final class SessionKeys {
    private static final int KEY_BYTES = 32;

    private final Crypto crypto;
    private final SecretBytes pairRoot;
    private final Bytes transcript;

    SessionKeys(Crypto crypto, SessionBinding binding, Bytes openerHello, Bytes acceptorHello) {
        this.crypto = crypto;
        this.pairRoot = binding.pairRoot();
        this.transcript = crypto.sha256(Label.SESSION_TRANSCRIPT.over(
                bytes(binding.opener()),
                bytes(binding.acceptor()),
                openerHello,
                acceptorHello,
                binding.handshakeHash()));
    }

    /** The cipher for what the opener, or else the acceptor, sends. */
    Aead cipher(boolean fromOpener) {
        try (SecretBytes key = derive(fromOpener ? Label.SESSION_OPENER_KEY : Label.SESSION_ACCEPTOR_KEY)) {
            return crypto.chaCha20Poly1305(key);
        }
    }

    /** By which one end shows the other that it came to the same keys: 32 bytes. */
    SecretBytes confirmation(boolean fromOpener) {
        return derive(fromOpener ? Label.SESSION_OPENER_CONFIRMATION : Label.SESSION_ACCEPTOR_CONFIRMATION);
    }

    private SecretBytes derive(Label purpose) {
        return crypto.hkdf(pairRoot, transcript, purpose.over(), KEY_BYTES);
    }

    private static Bytes bytes(AccountId id) {
        return Bytes.ofHex(id.hex());
    }
}
