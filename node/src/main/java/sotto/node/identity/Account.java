package sotto.node.identity;

import java.util.random.RandomGenerator;
import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.Ed25519KeyPair;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.crypto.X25519KeyPair;
import sotto.node.api.AccountId;
import sotto.node.ratchet.HandshakeIdentity;
import sotto.node.wire.AccountKeys;
import sotto.node.wire.InvitationCertificate;

/**
 * An account: an Ed25519 and an independent X25519 key pair, made once and never changed. Another key is another person.
 * Confined to one thread; closing it wipes both private halves.
 */
public record Account(Ed25519KeyPair signing, X25519KeyPair agreement) implements AutoCloseable {
    private static final int VERSION = 1;
    private static final int SEED_BYTES = 32;

    public static Account generate(Crypto crypto, RandomGenerator random) {
        return new Account(crypto.generateEd25519(random), crypto.generateX25519(random));
    }

    /** The public half. */
    public AccountKeys keys() {
        return new AccountKeys(signing.publicKey(), agreement.publicKey());
    }

    public AccountId id(Crypto crypto) {
        return keys().id(crypto);
    }

    /** What a handshake may have of this account; shares the private agreement key, so it dies with the account. */
    public HandshakeIdentity handshakeIdentity() {
        return new HandshakeIdentity(signing.publicKey(), agreement);
    }

    /**
     * Signs what makes an invitation, the one thing an account signs: messages, knocks and profiles stay deniable.
     *
     * @return 64 bytes
     * @throws IllegalArgumentException if the certificate names another account
     */
    public Bytes sign(Crypto crypto, InvitationCertificate certificate) {
        if (!certificate.account().equals(keys())) {
            throw new IllegalArgumentException("a certificate of another account");
        }
        return crypto.sign(signing, certificate.signedBytes());
    }

    /** For sealed storage: a version byte and both 32-byte private halves. */
    public SecretBytes encode() {
        ByteWriter out = new ByteWriter().u8(VERSION);
        out.raw(signing.privateKey().copy()).raw(agreement.privateKey().copy());
        return SecretBytes.copyOf(out.toBytes());
    }

    /** What {@link #encode} gave. */
    public static Account decode(Crypto crypto, Bytes encoded) throws WireException {
        ByteReader in = new ByteReader(encoded);
        int version = in.u8();
        if (version != VERSION) {
            throw new WireException("an account of version " + version);
        }
        SecretBytes signing = SecretBytes.copyOf(in.raw(SEED_BYTES));
        SecretBytes agreement = SecretBytes.copyOf(in.raw(SEED_BYTES));
        in.end();
        return new Account(crypto.ed25519KeyPair(signing), crypto.x25519KeyPair(agreement));
    }

    @Override
    public void close() {
        signing.close();
        agreement.close();
    }
}
