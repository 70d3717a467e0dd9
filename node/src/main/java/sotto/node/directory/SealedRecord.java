package sotto.node.directory;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.Aead;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoException;
import sotto.libp2p.crypto.Ed25519PublicKey;
import sotto.libp2p.crypto.SecretBytes;
import sotto.node.wire.Label;
import sotto.node.wire.Locator;
import sotto.node.wire.Padded;

/**
 * A self-certifying blob of exactly 4,096 bytes: whoever stores it can check that it belongs at its locator, and can neither
 * read it nor tell whose it is ({@code docs/protocol/invitation.md}, "Sealed record"). One exists only if it was made here or
 * was checked: {@link #checked}. Immutable.
 */
public final class SealedRecord {
    public static final int SIZE_BYTES = 4_096;

    /** How long a record is published for. */
    public static final Duration LIFETIME = Duration.ofDays(7);

    /** How far ahead an expiry is believed, so that nobody's storage is taken for years. */
    public static final Duration LIFETIME_MAX = Duration.ofDays(8);

    /** By how much clocks may differ. */
    public static final Duration CLOCK_GRACE = Duration.ofHours(2);

    private static final int NUMBER_BYTES = 8;
    private static final int SALT_BYTES = 24;
    private static final int SIGNATURE_BYTES = 64;
    private static final int KEY_BYTES = 32;
    private static final int HEADER_BYTES = Ed25519PublicKey.SIZE_BYTES + 2 * NUMBER_BYTES + SALT_BYTES;
    private static final int CIPHERTEXT_BYTES = SIZE_BYTES - HEADER_BYTES - SIGNATURE_BYTES;
    private static final int PLAINTEXT_BYTES = CIPHERTEXT_BYTES - Crypto.AEAD_TAG_BYTES;

    /** The most that a record can hold. */
    public static final int CONTENT_BYTES_MAX = PLAINTEXT_BYTES - 2;

    /** The salt makes every key new, so the nonce can be constant. */
    private static final Bytes NONCE = Bytes.owning(new byte[Crypto.AEAD_NONCE_BYTES]);

    private final Header header;
    private final Bytes encoded;

    private SealedRecord(Header header, Bytes encoded) {
        this.header = header;
        this.encoded = encoded;
    }

    /** What goes into a record, and with which keys. */
    public record Draft(DirectoryKey key, SecretBytes readKey, long sequence, Instant expiresAt, Bytes content) {}

    /**
     * Seals and signs. Every call gives other bytes, because the salt is fresh: two versions, even two clones of one vault,
     * never use the same key.
     *
     * @throws IllegalArgumentException if the content has more than {@link #CONTENT_BYTES_MAX} bytes
     */
    public static SealedRecord seal(Crypto crypto, Draft draft, RandomGenerator random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        Header header = new Header(
                draft.key().publicKey(),
                draft.sequence(),
                Instant.ofEpochMilli(draft.expiresAt().toEpochMilli()),
                Bytes.owning(salt));
        Bytes padded = Padded.pad(draft.content(), PLAINTEXT_BYTES);
        Bytes ciphertext;
        try (SecretBytes key = header.key(crypto, draft.readKey());
                Aead aead = crypto.chaCha20Poly1305(key)) {
            ciphertext = aead.seal(NONCE, header.associatedData(), padded);
        }
        Bytes signed = Bytes.concat(header.encode(), ciphertext);
        Bytes signature = crypto.sign(draft.key().pair(), Label.RECORD_SIGNATURE.over(signed));
        return new SealedRecord(header, Bytes.concat(signed, signature));
    }

    /**
     * The record that {@code encoded} is, checked as everybody can who knows where it belongs: size, hash, signature, expiry.
     *
     * @param now by our clock; the expiry may be behind it by two hours and ahead by eight days and two hours
     */
    public static SealedRecord checked(Crypto crypto, Bytes encoded, Locator locator, Instant now)
            throws WireException {
        if (encoded.size() != SIZE_BYTES) {
            throw new WireException("expected a record of 4096 bytes, found " + encoded.size());
        }
        Header header = Header.readFrom(new ByteReader(encoded));
        if (!Locator.of(crypto, header.directoryKey()).equals(locator)) {
            throw new WireException("a record that belongs elsewhere");
        }
        if (header.expiresAt().isBefore(now.minus(CLOCK_GRACE))
                || header.expiresAt().isAfter(now.plus(LIFETIME_MAX).plus(CLOCK_GRACE))) {
            throw new WireException("a record that has expired or expires too far ahead");
        }
        Bytes signed = encoded.slice(0, SIZE_BYTES - SIGNATURE_BYTES);
        Bytes signature = encoded.slice(SIZE_BYTES - SIGNATURE_BYTES, SIZE_BYTES);
        if (!crypto.verify(header.directoryKey(), Label.RECORD_SIGNATURE.over(signed), signature)) {
            throw new WireException("a record whose signature is wrong");
        }
        return new SealedRecord(header, encoded);
    }

    public Ed25519PublicKey directoryKey() {
        return header.directoryKey();
    }

    /** Grows with every version; readers refuse a lower one than they have seen. */
    public long sequence() {
        return header.sequence();
    }

    /** Until when the record is served, in whole milliseconds. */
    public Instant expiresAt() {
        return header.expiresAt();
    }

    /** The 4,096 bytes. */
    public Bytes encoded() {
        return encoded;
    }

    /** The content, for who has the read key. */
    public Bytes open(Crypto crypto, SecretBytes readKey) throws WireException {
        Bytes ciphertext = encoded.slice(HEADER_BYTES, HEADER_BYTES + CIPHERTEXT_BYTES);
        try (SecretBytes key = header.key(crypto, readKey);
                Aead aead = crypto.chaCha20Poly1305(key)) {
            return Padded.unpad(aead.open(NONCE, header.associatedData(), ciphertext));
        } catch (CryptoException notOurs) {
            throw new WireException("a record that this code does not open", notOurs);
        }
    }

    /** The part of a record before its ciphertext. */
    private record Header(Ed25519PublicKey directoryKey, long sequence, Instant expiresAt, Bytes salt) {
        Bytes encode() {
            ByteWriter out = new ByteWriter().raw(directoryKey.bytes()).u64(sequence);
            return out.u64(expiresAt.toEpochMilli()).raw(salt).toBytes();
        }

        static Header readFrom(ByteReader in) throws WireException {
            Ed25519PublicKey key = new Ed25519PublicKey(in.raw(Ed25519PublicKey.SIZE_BYTES));
            long sequence = in.u64();
            long expiresAtMillis = in.u64();
            if (sequence < 0 || expiresAtMillis < 0) {
                throw new WireException("a sequence or expiry beyond 63 bits");
            }
            return new Header(key, sequence, Instant.ofEpochMilli(expiresAtMillis), in.raw(SALT_BYTES));
        }

        SecretBytes key(Crypto crypto, SecretBytes readKey) {
            return crypto.hkdf(readKey, salt, Label.RECORD_KEY.over(), KEY_BYTES);
        }

        Bytes associatedData() {
            Bytes sequenceBytes = new ByteWriter().u64(sequence).toBytes();
            Bytes expiryBytes = new ByteWriter().u64(expiresAt.toEpochMilli()).toBytes();
            return Label.RECORD_SEAL.over(directoryKey.bytes(), sequenceBytes, expiryBytes);
        }
    }
}
