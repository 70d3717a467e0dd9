package sotto.libp2p.crypto;

import java.security.GeneralSecurityException;
import java.security.Provider;
import javax.crypto.Cipher;

/** ChaCha20-Poly1305 by {@code provider}, which calls it {@code transformation}. Thread-safe. */
record JcaAeadProvider(String name, Provider provider, String transformation) implements AeadProvider {
    @Override
    public Aead cipher(SecretBytes key) {
        try {
            return new JcaAead(
                    Cipher.getInstance(transformation, provider), Cipher.getInstance(transformation, provider), key);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(name + " was asked for a cipher when it was chosen", impossible);
        }
    }
}
