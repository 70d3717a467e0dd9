package sotto.libp2p.crypto;

import sotto.libp2p.bytes.Bytes;

/** An ML-KEM-768 encapsulation key (FIPS 203): 1,184 bytes, its modulus not yet checked. */
public record MlKem768PublicKey(Bytes bytes) {
    public static final int SIZE_BYTES = 1184;

    public MlKem768PublicKey {
        if (bytes.size() != SIZE_BYTES) {
            throw new IllegalArgumentException("an ML-KEM-768 public key has 1184 bytes, not " + bytes.size());
        }
    }
}
