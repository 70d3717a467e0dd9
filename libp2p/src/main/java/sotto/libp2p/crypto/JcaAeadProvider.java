package sotto.libp2p.crypto;

import java.security.GeneralSecurityException;
import java.security.Provider;
import javax.crypto.Cipher;

/** ChaCha20-Poly1305 by {@code provider}, which calls it {@code transformation}. Thread-safe. */
record JcaAeadProvider(String name, Provider provider, String transformation, CipherPass pass) implements AeadProvider {
    @Override
    public Aead cipher(SecretBytes key) {
        return new JcaAead(this::freshCipher, pass, key);
    }

    private Cipher freshCipher() {
        try {
            return Cipher.getInstance(transformation, provider);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(name + " was asked for this cipher when it was chosen", impossible);
        }
    }
}
