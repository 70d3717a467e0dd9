package sotto.node.session;

import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.SecretBytes;
import sotto.node.api.AccountId;

/**
 * What a session is bound to: two people, the secret they share, and this one connection.
 *
 * @param pairRoot the root with which recognition on this connection succeeded
 * @param handshakeHash of the connection
 * @param isOpener true at the end that opened the session's stream, whoever dialled
 */
public record SessionBinding(
        SecretBytes pairRoot, Bytes handshakeHash, AccountId own, AccountId contact, boolean isOpener) {
    AccountId opener() {
        return isOpener ? own : contact;
    }

    AccountId acceptor() {
        return isOpener ? contact : own;
    }
}
