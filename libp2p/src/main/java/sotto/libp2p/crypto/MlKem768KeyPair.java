package sotto.libp2p.crypto;

/** An ML-KEM-768 key pair; the private half is the 64-byte seed it grows from. Closing it wipes the seed. */
public record MlKem768KeyPair(SecretBytes seed, MlKem768PublicKey publicKey) implements AutoCloseable {
    public static final int SEED_BYTES = 64;

    @Override
    public void close() {
        seed.close();
    }
}
