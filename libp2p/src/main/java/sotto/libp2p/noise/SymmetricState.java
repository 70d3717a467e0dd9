package sotto.libp2p.noise;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoException;
import sotto.libp2p.crypto.SecretBytes;

/** The running key and transcript hash of a handshake (Noise §5.2). Not thread-safe. */
final class SymmetricState implements AutoCloseable {
    private final Crypto crypto;
    private SecretBytes chainingKey;
    private Bytes hash;

    // Absent until the first Diffie-Hellman result: until then payloads travel in the clear.
    private @Nullable CipherState cipher;

    SymmetricState(Crypto crypto, String protocolName) {
        byte[] name = protocolName.getBytes(StandardCharsets.US_ASCII);
        this.crypto = crypto;
        this.hash = name.length <= Crypto.HASH_BYTES
                ? Bytes.owning(Arrays.copyOf(name, Crypto.HASH_BYTES))
                : crypto.sha256(Bytes.owning(name));
        this.chainingKey = SecretBytes.copyOf(hash);
    }

    void mixHash(Bytes bytes) {
        hash = crypto.sha256(hash, bytes);
    }

    /** Mixes a Diffie-Hellman result in, and wipes it. */
    void mixKey(SecretBytes shared) {
        try (SecretBytes both = expand(shared);
                SecretBytes key = both.slice(Crypto.HASH_BYTES, 2 * Crypto.HASH_BYTES)) {
            replaceChainingKey(both.slice(0, Crypto.HASH_BYTES));
            replaceCipher(new CipherState(crypto, key));
        } finally {
            shared.close();
        }
    }

    Bytes encryptAndHash(Bytes plaintext) {
        Bytes sealed = plaintext;
        if (cipher != null) {
            byte[] output = new byte[plaintext.size() + Crypto.AEAD_TAG_BYTES];
            cipher.seal(hash.toArray(), plaintext.toArray(), 0, plaintext.size(), output, 0);
            sealed = Bytes.owning(output);
        }
        mixHash(sealed);
        return sealed;
    }

    Bytes decryptAndHash(Bytes sealed) throws HandshakeException {
        Bytes plaintext = cipher == null ? sealed : open(cipher, sealed);
        mixHash(sealed);
        return plaintext;
    }

    Bytes hash() {
        return hash;
    }

    /** How much longer a sealed field is, just now. */
    int overheadBytes() {
        return cipher == null ? 0 : Crypto.AEAD_TAG_BYTES;
    }

    /** The two ciphers of the channel: what the initiator sends with, and what the responder sends with. */
    CipherState[] split() {
        try (SecretBytes empty = SecretBytes.owning(new byte[0]);
                SecretBytes both = expand(empty);
                SecretBytes initiators = both.slice(0, Crypto.AEAD_KEY_BYTES);
                SecretBytes responders = both.slice(Crypto.AEAD_KEY_BYTES, 2 * Crypto.AEAD_KEY_BYTES)) {
            return new CipherState[] {new CipherState(crypto, initiators), new CipherState(crypto, responders)};
        }
    }

    @Override
    public void close() {
        chainingKey.close();
        if (cipher != null) {
            cipher.close();
        }
    }

    private SecretBytes expand(SecretBytes inputKey) {
        return crypto.hkdf(inputKey, Bytes.owning(chainingKey.copy()), Bytes.EMPTY, 2 * Crypto.HASH_BYTES);
    }

    private Bytes open(CipherState with, Bytes sealed) throws HandshakeException {
        if (sealed.size() < Crypto.AEAD_TAG_BYTES) {
            throw new HandshakeException("a sealed field of " + sealed.size() + " bytes, at least 16");
        }
        byte[] output = new byte[sealed.size() - Crypto.AEAD_TAG_BYTES];
        try {
            with.open(hash.toArray(), sealed.toArray(), 0, sealed.size(), output, 0);
        } catch (CryptoException notAuthentic) {
            throw new HandshakeException("a handshake message that is not authentic", notAuthentic);
        }
        return Bytes.owning(output);
    }

    private void replaceChainingKey(SecretBytes next) {
        chainingKey.close();
        chainingKey = next;
    }

    private void replaceCipher(CipherState next) {
        if (cipher != null) {
            cipher.close();
        }
        cipher = next;
    }
}
