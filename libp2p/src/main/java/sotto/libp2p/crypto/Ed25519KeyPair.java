package sotto.libp2p.crypto;

/** An Ed25519 key pair; the private half is the 32-byte seed. Closing it wipes the seed. */
public record Ed25519KeyPair(SecretBytes privateKey, Ed25519PublicKey publicKey) implements AutoCloseable {
    @Override
    public void close() {
        privateKey.close();
    }
}
