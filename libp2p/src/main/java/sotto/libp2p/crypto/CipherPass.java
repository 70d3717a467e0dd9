package sotto.libp2p.crypto;

import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.ShortBufferException;

/** How an initialised cipher is run over a piece of an array, all at once: {@code Cipher::doFinal}, or something that is faster. */
interface CipherPass {
    /** Returns the number of bytes written. Input and output may be the same place, but overlap in no other way. */
    int run(Cipher cipher, byte[] input, int inputOffset, int sizeBytes, byte[] output, int outputOffset)
            throws ShortBufferException, IllegalBlockSizeException, BadPaddingException;
}
