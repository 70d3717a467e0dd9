package sotto.libp2p.noise;

import org.jspecify.annotations.Nullable;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoException;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.crypto.X25519KeyPair;
import sotto.libp2p.crypto.X25519PublicKey;

/**
 * The handshake {@code Noise_XX_25519_ChaChaPoly_SHA256} itself (Noise §5.3, §7.5), payloads opaque:
 *
 * <pre>
 * -> e
 * <- e, ee, s, es
 * -> s, se
 * </pre>
 *
 * Life cycle: the initiator writes, reads, writes; the responder reads, writes, reads; then both {@link #split}. After an
 * exception, and at its end, it is closed. Payloads read before the last message are authenticated by nobody yet. Not
 * thread-safe.
 */
final class XxHandshake implements AutoCloseable {
    static final String PROTOCOL_NAME = "Noise_XX_25519_ChaChaPoly_SHA256";

    private static final int KEY_BYTES = X25519PublicKey.SIZE_BYTES;
    private static final int MESSAGES = 3;

    private final Crypto crypto;
    private final boolean isInitiator;
    private final X25519KeyPair ourStatic;
    private final X25519KeyPair ourEphemeral;
    private final SymmetricState symmetric;
    private @Nullable X25519PublicKey theirStatic;
    private @Nullable X25519PublicKey theirEphemeral;
    private int messages;

    /** Takes {@code ourEphemeral}, which it wipes at its end; borrows {@code ourStatic}. */
    XxHandshake(Crypto crypto, boolean isInitiator, X25519KeyPair ourStatic, X25519KeyPair ourEphemeral) {
        this(crypto, isInitiator, ourStatic, ourEphemeral, Bytes.EMPTY);
    }

    /** As libp2p never does: with a prologue, for the published vectors. */
    XxHandshake(
            Crypto crypto, boolean isInitiator, X25519KeyPair ourStatic, X25519KeyPair ourEphemeral, Bytes prologue) {
        this.crypto = crypto;
        this.isInitiator = isInitiator;
        this.ourStatic = ourStatic;
        this.ourEphemeral = ourEphemeral;
        this.symmetric = new SymmetricState(crypto, PROTOCOL_NAME);
        symmetric.mixHash(prologue);
    }

    /** The next message of this end, carrying {@code payload}. */
    Bytes write(Bytes payload) throws HandshakeException {
        checkTurn(isInitiator ? messages % 2 == 0 : messages % 2 == 1);
        Bytes keys = switch (messages++) {
            case 0 -> writeEphemeral();
            case 1 -> {
                Bytes ephemeral = writeEphemeral();
                mixEe();
                Bytes sealedStatic =
                        symmetric.encryptAndHash(ourStatic.publicKey().bytes());
                mixEs();
                yield Bytes.concat(ephemeral, sealedStatic);
            }
            default -> {
                Bytes sealedStatic =
                        symmetric.encryptAndHash(ourStatic.publicKey().bytes());
                mixSe();
                yield sealedStatic;
            }
        };
        return Bytes.concat(keys, symmetric.encryptAndHash(payload));
    }

    /** The payload in the next message of the other end. */
    Bytes read(Bytes message) throws HandshakeException {
        checkTurn(isInitiator ? messages % 2 == 1 : messages % 2 == 0);
        int keysBytes = switch (messages++) {
            case 0 -> {
                readEphemeral(message);
                yield KEY_BYTES;
            }
            case 1 -> {
                readEphemeral(message);
                mixEe();
                int end = readStatic(message, KEY_BYTES);
                mixEs();
                yield end;
            }
            default -> {
                int end = readStatic(message, 0);
                mixSe();
                yield end;
            }
        };
        return symmetric.decryptAndHash(message.slice(keysBytes, message.size()));
    }

    boolean isComplete() {
        return messages == MESSAGES;
    }

    /** The other end's static key; there once the message that carries it was read. */
    X25519PublicKey theirStatic() {
        return required(theirStatic);
    }

    /** The transcript hash, which names this channel once the handshake is complete (Noise §11.2). */
    Bytes hash() {
        return symmetric.hash();
    }

    /** The ciphers of the channel. */
    NoiseChannel split() {
        checkTurn(isComplete());
        CipherState[] ciphers = symmetric.split();
        return isInitiator ? new NoiseChannel(ciphers[0], ciphers[1]) : new NoiseChannel(ciphers[1], ciphers[0]);
    }

    @Override
    public void close() {
        symmetric.close();
        ourEphemeral.close();
    }

    private Bytes writeEphemeral() {
        Bytes key = ourEphemeral.publicKey().bytes();
        symmetric.mixHash(key);
        return key;
    }

    private void readEphemeral(Bytes message) throws HandshakeException {
        Bytes key = part(message, 0, KEY_BYTES);
        theirEphemeral = new X25519PublicKey(key);
        symmetric.mixHash(key);
    }

    /** Returns where the static key ends in {@code message}. */
    private int readStatic(Bytes message, int from) throws HandshakeException {
        int sizeBytes = KEY_BYTES + symmetric.overheadBytes();
        theirStatic = new X25519PublicKey(symmetric.decryptAndHash(part(message, from, sizeBytes)));
        return from + sizeBytes;
    }

    private void mixEe() throws HandshakeException {
        symmetric.mixKey(agree(ourEphemeral, required(theirEphemeral)));
    }

    /** The initiator's ephemeral key with the responder's static key. */
    private void mixEs() throws HandshakeException {
        symmetric.mixKey(
                isInitiator ? agree(ourEphemeral, required(theirStatic)) : agree(ourStatic, required(theirEphemeral)));
    }

    /** The initiator's static key with the responder's ephemeral key. */
    private void mixSe() throws HandshakeException {
        symmetric.mixKey(
                isInitiator ? agree(ourStatic, required(theirEphemeral)) : agree(ourEphemeral, required(theirStatic)));
    }

    private SecretBytes agree(X25519KeyPair ours, X25519PublicKey theirs) throws HandshakeException {
        try {
            return crypto.agree(ours.privateKey(), theirs);
        } catch (CryptoException smallOrder) {
            throw new HandshakeException("a key of small order", smallOrder);
        }
    }

    private static Bytes part(Bytes message, int from, int sizeBytes) throws HandshakeException {
        if (message.size() < from + sizeBytes) {
            throw new HandshakeException("a handshake message of " + message.size() + " bytes is too short");
        }
        return message.slice(from, from + sizeBytes);
    }

    private static X25519PublicKey required(@Nullable X25519PublicKey key) {
        if (key == null) {
            throw new IllegalStateException("a key that no message has brought yet");
        }
        return key;
    }

    private static void checkTurn(boolean isTurn) {
        if (!isTurn) {
            throw new IllegalStateException("out of turn in a handshake");
        }
    }
}
