package sotto.libp2p.crypto;

import java.util.random.RandomGenerator;
import sotto.libp2p.bytes.Bytes;

/**
 * The primitives, by the provider that is fastest on this JVM. All implementations give identical results and verdicts (a
 * contract test holds them to it). Stateless and thread-safe.
 */
public interface Crypto {
    int HASH_BYTES = 32;
    int AEAD_KEY_BYTES = 32;
    int AEAD_NONCE_BYTES = 12;
    int AEAD_TAG_BYTES = 16;

    /** Who does ChaCha20-Poly1305 here, for {@code status}: for example {@code Conscrypt 2.9.0}. */
    String cipherName();

    Bytes sha256(Bytes... parts);

    /** HMAC-SHA-256 over all parts, one after another. */
    Bytes hmacSha256(SecretBytes key, Bytes... parts);

    /** HKDF-SHA-256 (RFC 5869), extract and expand. {@code sizeBytes} is at most 8,160. */
    SecretBytes hkdf(SecretBytes inputKey, Bytes salt, Bytes info, int sizeBytes);

    X25519KeyPair generateX25519(RandomGenerator random);

    /** The pair whose private half is {@code privateKey} (32 bytes, clamped when used). */
    X25519KeyPair x25519KeyPair(SecretBytes privateKey);

    /**
     * The X25519 shared secret.
     *
     * @throws CryptoException if it is all zero, that is if {@code theirs} is a point of small order (RFC 7748 §6.1)
     */
    SecretBytes agree(SecretBytes privateKey, X25519PublicKey theirs) throws CryptoException;

    Ed25519KeyPair generateEd25519(RandomGenerator random);

    Ed25519KeyPair ed25519KeyPair(SecretBytes seed);

    /** An Ed25519 signature, 64 bytes. */
    Bytes sign(Ed25519KeyPair key, Bytes message);

    /** Strict verification: canonical encodings only, no point of small order; one verdict whatever the provider. */
    boolean verify(Ed25519PublicKey key, Bytes message, Bytes signature);

    MlKem768KeyPair generateMlKem768(RandomGenerator random);

    /** The pair that grows from a 64-byte seed (FIPS 203, d ‖ z): the only form in which private keys are kept. */
    MlKem768KeyPair mlKem768KeyPair(SecretBytes seed);

    /**
     * A fresh shared secret and the ciphertext that carries it.
     *
     * @throws CryptoException if the public key fails the modulus check (FIPS 203 §7.2)
     */
    MlKem768Encapsulation encapsulate(MlKem768PublicKey theirs, RandomGenerator random) throws CryptoException;

    /**
     * The shared secret in a ciphertext of 1,088 bytes; a wrong ciphertext of the right size yields an unrelated secret
     * (implicit rejection).
     *
     * @throws CryptoException if the ciphertext has another size
     */
    SecretBytes decapsulate(MlKem768KeyPair ours, Bytes ciphertext) throws CryptoException;

    /** A ChaCha20-Poly1305 cipher (RFC 8439) under {@code key}, which it copies. */
    Aead chaCha20Poly1305(SecretBytes key);
}
