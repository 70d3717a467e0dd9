package sotto.node.wire;

import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.Ed25519PublicKey;
import sotto.libp2p.crypto.X25519PublicKey;
import sotto.node.api.AccountId;

/**
 * The public half of an account. The two keys are independent; the account id covers both, so nobody can pair one key of
 * somebody else with one of their own and be taken for them.
 *
 * @param signing signs prekeys and invitation certificates, nothing else
 * @param agreement takes part in handshakes
 */
public record AccountKeys(Ed25519PublicKey signing, X25519PublicKey agreement) {
    /** Both keys, one after another. */
    public static final int SIZE_BYTES = Ed25519PublicKey.SIZE_BYTES + X25519PublicKey.SIZE_BYTES;

    public AccountId id(Crypto crypto) {
        return new AccountId(crypto.sha256(Label.ACCOUNT_ID.over(signing.bytes(), agreement.bytes()))
                .hex());
    }

    public Bytes encode() {
        return Bytes.concat(signing.bytes(), agreement.bytes());
    }

    public static AccountKeys decode(Bytes bytes) throws WireException {
        ByteReader in = new ByteReader(bytes);
        AccountKeys keys = readFrom(in);
        in.end();
        return keys;
    }

    public static AccountKeys readFrom(ByteReader in) throws WireException {
        Ed25519PublicKey signing = new Ed25519PublicKey(in.raw(Ed25519PublicKey.SIZE_BYTES));
        return new AccountKeys(signing, new X25519PublicKey(in.raw(X25519PublicKey.SIZE_BYTES)));
    }
}
