package sotto.libp2p.crypto;

import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.modes.ChaCha20Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.jspecify.annotations.Nullable;

/** ChaCha20-Poly1305 by Bouncy Castle's lightweight classes: works everywhere. Confined to one thread. */
final class BouncyCastleAead implements Aead {
    private final NonceGuard nonces = new NonceGuard();
    // Two ciphers, so that an open between two seals neither resets nor confuses the sealing one.
    private final ChaCha20Poly1305 sealing = new ChaCha20Poly1305();
    private final ChaCha20Poly1305 opening = new ChaCha20Poly1305();
    private @Nullable KeyParameter key;

    BouncyCastleAead(SecretBytes key) {
        this.key = key.use(KeyParameter::new);
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
        sealing.init(true, new ParametersWithIV(key(), nonce));
        sealing.processAADBytes(associatedData, 0, associatedData.length);
        int written = sealing.processBytes(input, inputOffset, sizeBytes, output, outputOffset);
        try {
            return written + sealing.doFinal(output, outputOffset + written);
        } catch (InvalidCipherTextException impossible) {
            throw new IllegalStateException("sealing checks no tag", impossible);
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
        if (sizeBytes < Crypto.AEAD_TAG_BYTES) {
            throw new CryptoException("a seal of " + sizeBytes + " bytes is shorter than its tag");
        }
        opening.init(false, new ParametersWithIV(key(), nonce));
        opening.processAADBytes(associatedData, 0, associatedData.length);
        int written = opening.processBytes(input, inputOffset, sizeBytes, output, outputOffset);
        try {
            return written + opening.doFinal(output, outputOffset + written);
        } catch (InvalidCipherTextException forged) {
            Arrays.fill(output, outputOffset, outputOffset + sizeBytes - Crypto.AEAD_TAG_BYTES, (byte) 0);
            throw new CryptoException("a seal is not authentic");
        }
    }

    @Override
    public void close() {
        if (key != null) {
            Arrays.fill(key.getKey(), (byte) 0);
        }
        key = null;
    }

    private KeyParameter key() {
        if (key == null) {
            throw new IllegalStateException("this cipher was closed");
        }
        return key;
    }
}
