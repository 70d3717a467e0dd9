package sotto.node.ratchet;

import sotto.libp2p.crypto.Ed25519PublicKey;
import sotto.libp2p.crypto.X25519KeyPair;
import sotto.node.wire.AccountKeys;

/** What a handshake needs of our own account: who we are and the key that shows it. The signing key stays out of handshakes. */
public record HandshakeIdentity(Ed25519PublicKey signing, X25519KeyPair agreement) {
    public AccountKeys keys() {
        return new AccountKeys(signing, agreement.publicKey());
    }
}
