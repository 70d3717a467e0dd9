package sotto.libp2p.crypto;

import sotto.libp2p.bytes.Bytes;

/** What an encapsulation yields: the 32-byte secret to keep and the 1,088-byte ciphertext to send. */
public record MlKem768Encapsulation(SecretBytes sharedSecret, Bytes ciphertext) {
    public static final int CIPHERTEXT_BYTES = 1088;
}
