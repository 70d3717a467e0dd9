package sotto.node.vault;

import static sotto.node.vault.VaultFormat.NONCE_BYTES;
import static sotto.node.vault.VaultFormat.TAG_BYTES;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import sotto.libp2p.crypto.CryptoChoice;

/** AES-256-GCM by whoever is fastest here. Confined to one thread. */
final class PageCipher {
    private static final byte[] ZERO_NONCE = new byte[NONCE_BYTES];

    private final Cipher cipher = CryptoChoice.aesGcm();

    /** Ciphertext and tag under a key that never seals anything else. */
    byte[] sealOnce(byte[] key, byte[] associatedData, byte[] plaintext) {
        return seal(key, ZERO_NONCE, associatedData, plaintext);
    }

    /** What {@link #sealOnce} sealed, or null if it is not authentic. */
    byte @Nullable [] openOnce(byte[] key, byte[] associatedData, byte[] sealed) {
        return open(key, ZERO_NONCE, associatedData, sealed);
    }

    /** Random nonce, ciphertext and tag, as one. */
    byte[] sealWithNonce(byte[] key, RandomStream random, byte[] associatedData, byte[] plaintext) {
        byte[] nonce = random.bytes(NONCE_BYTES);
        byte[] sealed = seal(key, nonce, associatedData, plaintext);
        byte[] whole = new byte[NONCE_BYTES + sealed.length];
        System.arraycopy(nonce, 0, whole, 0, NONCE_BYTES);
        System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
        return whole;
    }

    /** What {@link #sealWithNonce} sealed, or null if it is not authentic. */
    byte @Nullable [] openWithNonce(byte[] key, byte[] associatedData, byte[] whole) {
        byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
        return open(key, nonce, associatedData, Arrays.copyOfRange(whole, NONCE_BYTES, whole.length));
    }

    /** Ciphertext and tag. */
    byte[] seal(byte[] key, byte[] nonce, byte[] associatedData, byte[] plaintext) {
        byte[] sealed = new byte[plaintext.length + TAG_BYTES];
        try {
            init(Cipher.ENCRYPT_MODE, key, nonce, associatedData);
            cipher.doFinal(plaintext, 0, plaintext.length, sealed, 0);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-GCM takes any plaintext of this size", impossible);
        }
        return sealed;
    }

    /** What {@link #seal} sealed, or null if it is not authentic. */
    byte @Nullable [] open(byte[] key, byte[] nonce, byte[] associatedData, byte[] sealed) {
        try {
            init(Cipher.DECRYPT_MODE, key, nonce, associatedData);
            return cipher.doFinal(sealed);
        } catch (AEADBadTagException notAuthentic) {
            return null;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-GCM takes any ciphertext of this size", impossible);
        }
    }

    private void init(int mode, byte[] key, byte[] nonce, byte[] associatedData) throws GeneralSecurityException {
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(associatedData);
    }
}
