package sotto.libp2p.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.function.Supplier;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** ChaCha20-Poly1305 by a provider of the JCA, its two cipher objects used again for every call. Confined to one thread. */
final class JcaAead implements Aead {

    private static final byte[] NO_NONCE = new byte[0];

    private final NonceGuard nonces = new NonceGuard();
    private final Supplier<Cipher> ciphers;
    private final CipherPass pass;
    // Two ciphers, so that an open between two seals neither resets nor confuses the sealing one.
    private final Cipher sealing;
    private Cipher opening;
    private byte[] lastOpened = NO_NONCE;
    private @Nullable SecretKeySpec key;

    /** Each of {@code ciphers} is fresh. */
    JcaAead(Supplier<Cipher> ciphers, CipherPass pass, SecretBytes key) {
        this.ciphers = ciphers;
        this.pass = pass;
        this.sealing = ciphers.get();
        this.opening = ciphers.get();
        this.key = key.use(bytes -> new SecretKeySpec(bytes, "ChaCha20"));
    }

    @Override
    public int seal(
            byte[] nonce,
            byte[] associatedData,
            byte[] input,
            int inputOffset,
            int sizeBytes,
            byte[] output,
            int outputOffset) {
        nonces.beforeSeal(nonce);
        try {
            sealing.init(Cipher.ENCRYPT_MODE, key(), new IvParameterSpec(nonce));
            if (associatedData.length > 0) {
                sealing.updateAAD(associatedData);
            }
            return pass.run(sealing, input, inputOffset, sizeBytes, output, outputOffset);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("key, nonce and room were checked", impossible);
        }
    }

    @Override
    public int open(
            byte[] nonce,
            byte[] associatedData,
            byte[] input,
            int inputOffset,
            int sizeBytes,
            byte[] output,
            int outputOffset)
            throws CryptoException {
        NonceGuard.check(nonce);
        int plainBytes = sizeBytes - Crypto.AEAD_TAG_BYTES;
        if (plainBytes < 0) {
            throw new CryptoException("a seal of " + sizeBytes + " bytes is shorter than its tag");
        }
        try {
            startOpening(nonce, associatedData);
            return pass.run(opening, input, inputOffset, sizeBytes, output, outputOffset);
        } catch (BadPaddingException forged) {
            Arrays.fill(output, outputOffset, outputOffset + plainBytes, (byte) 0);
            throw new CryptoException("a seal is not authentic");
        } catch (ShortBufferException | IllegalBlockSizeException impossible) {
            throw new IllegalStateException("the room was checked", impossible);
        }
    }

    private void startOpening(byte[] nonce, byte[] associatedData) {
        if (Arrays.equals(nonce, lastOpened)) {
            // The JDK's cipher refuses a nonce twice even for opening, where it is harmless: a replay must fail as any
            // forgery.
            opening = ciphers.get();
        }
        lastOpened = nonce.clone();
        try {
            opening.init(Cipher.DECRYPT_MODE, key(), new IvParameterSpec(nonce));
            if (associatedData.length > 0) {
                opening.updateAAD(associatedData);
            }
        } catch (InvalidKeyException | InvalidAlgorithmParameterException impossible) {
            throw new IllegalStateException("key and nonce were checked", impossible);
        }
    }

    @Override
    public void close() {
        key = null;
    }

    private SecretKeySpec key() {
        if (key == null) {
            throw new IllegalStateException("this cipher was closed");
        }
        return key;
    }
}
