package sotto.node.directory;

import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.SecretBytes;
import sotto.node.api.AccountId;
import sotto.node.wire.Label;
import sotto.node.wire.Locator;

/**
 * Where one contact's record for another lies in a given week, and what seals it. Both ends derive it from what they share;
 * nobody else can find the record, read it, or tell that two of them have one publisher. Confined to one thread; closing it wipes
 * the secrets.
 *
 * @param directory signs the record
 * @param readKey opens it, 32 bytes
 */
public record ContactRecordKeys(DirectoryKey directory, SecretBytes readKey) implements AutoCloseable {
    private static final int KEY_BYTES = 32;

    /** The direction of a record. */
    public record Direction(AccountId publisher, AccountId reader) {
        private Bytes over(Label label, RecordWeek week) {
            Bytes number = new ByteWriter().u64(week.number()).toBytes();
            return label.over(Bytes.ofHex(publisher.hex()), Bytes.ofHex(reader.hex()), number);
        }
    }

    /** The keys of {@code week} under {@code pairRoot}. */
    public static ContactRecordKeys derive(Crypto crypto, SecretBytes pairRoot, Direction direction, RecordWeek week) {
        Bytes signing = direction.over(Label.CONTACT_RECORD_DIRECTORY_KEY, week);
        Bytes reading = direction.over(Label.CONTACT_RECORD_READ_KEY, week);
        SecretBytes readKey = crypto.hkdf(pairRoot, Bytes.EMPTY, reading, KEY_BYTES);
        SecretBytes seed = crypto.hkdf(pairRoot, Bytes.EMPTY, signing, KEY_BYTES);
        return new ContactRecordKeys(new DirectoryKey(crypto.ed25519KeyPair(seed)), readKey);
    }

    public Locator locator(Crypto crypto) {
        return directory.locator(crypto);
    }

    @Override
    public void close() {
        directory.close();
        readKey.close();
    }
}
