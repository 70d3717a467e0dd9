package sotto.libp2p.peer;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import sotto.libp2p.bytes.Base32;
import sotto.libp2p.bytes.Base58;
import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.Varint;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.PublicKey;

/**
 * A libp2p peer id (peer-ids specification): the multihash of an encoded public key, which is the key itself where that is
 * short, else its SHA-256. Immutable.
 *
 * @param multihash the hash's code, its length and the hash
 */
public record PeerId(Bytes multihash) {
    /** Keys of at most this many encoded bytes are their own hash. */
    public static final int INLINE_KEY_BYTES_MAX = 42;
    /** The longest multihash: code, length, inlined key. */
    public static final int MULTIHASH_BYTES_MAX = 2 + INLINE_KEY_BYTES_MAX;

    private static final int IDENTITY = 0x00;
    private static final int SHA2_256 = 0x12;
    private static final int SHA2_256_BYTES = 32;
    private static final int CID_VERSION = 1;
    private static final int CID_LIBP2P_KEY = 0x72;
    private static final int SHORT_CHARACTERS = 6;

    /** @throws IllegalArgumentException if it is not such a multihash; for bytes from outside use {@link #decode} */
    public PeerId {
        try {
            check(multihash);
        } catch (WireException malformed) {
            throw new IllegalArgumentException(malformed.getMessage(), malformed);
        }
    }

    /** The id of whoever has {@code key}. */
    public static PeerId of(PublicKey key) {
        Bytes encoded = key.encode();
        return encoded.size() <= INLINE_KEY_BYTES_MAX
                ? new PeerId(Bytes.concat(Varint.encode(IDENTITY), Varint.encode(encoded.size()), encoded))
                : new PeerId(Bytes.concat(Varint.encode(SHA2_256), Varint.encode(SHA2_256_BYTES), sha256(encoded)));
    }

    /** Reads a multihash from outside. */
    public static PeerId decode(Bytes multihash) throws WireException {
        check(multihash);
        return new PeerId(multihash);
    }

    /** Parses either text form: the multihash in base58, or a CIDv1 of codec libp2p-key in multibase {@code b} or {@code z}. */
    public static PeerId parse(String text) throws WireException {
        if (text.startsWith("1") || text.startsWith("Qm")) {
            return decode(Base58.decode(text));
        }
        if (text.length() > Base58.TEXT_CHARACTERS_MAX) {
            throw new WireException("a peer id of " + text.length() + " characters");
        }
        if (text.startsWith("b")) {
            return ofCid(Base32.decode(text.substring(1)));
        }
        if (text.startsWith("z")) {
            return ofCid(Base58.decode(text.substring(1)));
        }
        throw new WireException("a peer id begins with 1, Qm, b or z");
    }

    private static PeerId ofCid(Bytes cid) throws WireException {
        ByteReader reader = new ByteReader(cid);
        if (Varint.read(reader) != CID_VERSION || Varint.read(reader) != CID_LIBP2P_KEY) {
            throw new WireException("a content id that is not of a libp2p key");
        }
        return decode(reader.rest());
    }

    /** The key itself, where it is short enough to be its own hash; decoding it may fail, as anybody can make up an id. */
    public Optional<PublicKey> inlinedKey() throws WireException {
        return multihash.at(0) == IDENTITY
                ? Optional.of(PublicKey.decode(multihash.slice(2, multihash.size())))
                : Optional.empty();
    }

    /** The whole id in base58, as addresses and people write it. */
    public String text() {
        return Base58.encode(multihash);
    }

    /** The last six characters of {@link #text}: for logs, not for parsing. */
    @Override
    public String toString() {
        String text = text();
        return "…" + text.substring(Math.max(0, text.length() - SHORT_CHARACTERS));
    }

    private static void check(Bytes multihash) throws WireException {
        ByteReader reader = new ByteReader(multihash);
        int code = Varint.read(reader, Integer.MAX_VALUE);
        int sizeBytes = Varint.read(reader, INLINE_KEY_BYTES_MAX);
        boolean isKnown = code == IDENTITY || (code == SHA2_256 && sizeBytes == SHA2_256_BYTES);
        if (!isKnown) {
            throw new WireException("a multihash of code " + code + " and " + sizeBytes + " bytes is no peer id");
        }
        reader.raw(sizeBytes);
        reader.end();
    }

    private static Bytes sha256(Bytes bytes) {
        try {
            return Bytes.owning(MessageDigest.getInstance("SHA-256").digest(bytes.toArray()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
