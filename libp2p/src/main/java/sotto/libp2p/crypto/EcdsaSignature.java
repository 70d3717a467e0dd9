package sotto.libp2p.crypto;

import java.math.BigInteger;
import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;

/**
 * The two numbers of an ECDSA signature on a curve of 256 bits. Read here in full: Bouncy Castle's reader throws what it will on
 * malformed DER. Whether the numbers are in range is for the verifier to say.
 */
record EcdsaSignature(BigInteger r, BigInteger s) {
    private static final int NUMBER_BYTES = 32;
    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;
    /** Longer ones would need a longer length, which 256-bit curves never do. */
    private static final int SHORT_LENGTH_MAX = 0x7f;

    /** Reads a DER sequence of two integers (RFC 3279 §2.2.3), and nothing else that BER would allow. */
    static EcdsaSignature ofDer(Bytes encoded) throws WireException {
        ByteReader whole = new ByteReader(encoded);
        ByteReader sequence = new ByteReader(element(whole, SEQUENCE));
        whole.end();
        EcdsaSignature signature = new EcdsaSignature(integer(sequence), integer(sequence));
        sequence.end();
        return signature;
    }

    /** Reads two numbers of 32 bytes each. */
    static EcdsaSignature ofBareNumbers(Bytes encoded) throws WireException {
        ByteReader reader = new ByteReader(encoded);
        EcdsaSignature signature = new EcdsaSignature(
                new BigInteger(1, reader.raw(NUMBER_BYTES).toArray()),
                new BigInteger(1, reader.raw(NUMBER_BYTES).toArray()));
        reader.end();
        return signature;
    }

    private static BigInteger integer(ByteReader reader) throws WireException {
        Bytes content = element(reader, INTEGER);
        if (content.isEmpty() || content.size() > NUMBER_BYTES + 1 || content.at(0) < 0) {
            throw new WireException("a number of a signature that is negative, missing or too large");
        }
        boolean hasUselessZero = content.size() > 1 && content.at(0) == 0 && content.at(1) >= 0;
        if (hasUselessZero) {
            throw new WireException("a number of a signature with a useless zero");
        }
        return new BigInteger(content.toArray());
    }

    private static Bytes element(ByteReader reader, int tag) throws WireException {
        if (reader.u8() != tag) {
            throw new WireException("an ECDSA signature is a sequence of two integers");
        }
        int sizeBytes = reader.u8();
        if (sizeBytes > SHORT_LENGTH_MAX) {
            throw new WireException("an ECDSA signature that is too long");
        }
        return reader.raw(sizeBytes);
    }
}
