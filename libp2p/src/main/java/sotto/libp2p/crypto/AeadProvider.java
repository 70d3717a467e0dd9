package sotto.libp2p.crypto;

/** Somebody who does ChaCha20-Poly1305. Thread-safe. */
interface AeadProvider {
    /** For people, for example {@code Conscrypt 2.9.0}. */
    String name();

    /** A cipher under the 32 bytes of {@code key}, which it copies. */
    Aead cipher(SecretBytes key);
}
