package sotto.libp2p.crypto;

/** An X25519 key pair; the private half is the 32-byte seed. Closing it wipes the seed. */
public record X25519KeyPair(SecretBytes privateKey, X25519PublicKey publicKey) implements AutoCloseable {
    @Override
    public void close() {
        privateKey.close();
    }
}
