package sotto.node.wire;

import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;

/**
 * Every purpose for which this product hashes, signs, derives or seals, each with its own label, so that no output of one
 * protocol is ever valid in another ({@code docs/protocol/labels.md}). A test holds that all are unique and none is a prefix
 * of another. A label is never used twice for different things and never changed: a new version is a new label.
 */
public enum Label {
    ACCOUNT_ID("sotto/account/1"),
    SAFETY_NUMBER("sotto/safety/1/number"),

    RECORD_LOCATOR("sotto/record/1/locator"),
    RECORD_SIGNATURE("sotto/record/1/signature"),
    RECORD_KEY("sotto/record/1/key"),
    RECORD_SEAL("sotto/record/1/seal"),

    INVITATION_READ_KEY("sotto/invitation/1/read-key"),
    INVITATION_KNOCK_KEY("sotto/invitation/1/knock-key"),
    INVITATION_ASK_TOKEN("sotto/invitation/1/ask-token"),
    INVITATION_CERTIFICATE("sotto/invitation/1/certificate"),

    CONTACT_RECORD_WEEK_SHIFT("sotto/contact/1/record-week-shift"),
    CONTACT_RECORD_DIRECTORY_KEY("sotto/contact/1/record-directory-key"),
    CONTACT_RECORD_READ_KEY("sotto/contact/1/record-read-key"),

    KNOCK_MAC("sotto/knock/1/mac"),
    KNOCK_OFFER_TRANSCRIPT("sotto/knock/1/offer-transcript"),
    KNOCK_FULL_TRANSCRIPT("sotto/knock/1/full-transcript"),
    KNOCK_IDENTITY_KEY("sotto/knock/1/identity-key"),
    KNOCK_PAYLOAD_KEY("sotto/knock/1/payload-key"),
    KNOCK_PAIR_ROOT("sotto/knock/1/pair-root"),
    KNOCK_ID("sotto/knock/1/knock-id"),

    RECOGNITION_KEY("sotto/recognition/1/key"),
    RECOGNITION_TAG("sotto/recognition/1/tag"),

    SESSION_TRANSCRIPT("sotto/session/1/transcript"),
    SESSION_OPENER_KEY("sotto/session/1/opener-key"),
    SESSION_ACCEPTOR_KEY("sotto/session/1/acceptor-key"),
    SESSION_OPENER_CONFIRMATION("sotto/session/1/opener-confirmation"),
    SESSION_ACCEPTOR_CONFIRMATION("sotto/session/1/acceptor-confirmation"),
    SESSION_FRAME("sotto/session/1/frame"),

    VAULT_LOCK_PRIVATE("sotto/vault/1/lock-private"),
    VAULT_LOCK_WRAP("sotto/vault/1/lock-wrap"),
    VAULT_ROOT("sotto/vault/1/root"),
    VAULT_RECORD_MAC("sotto/vault/1/record-mac");

    private final String text;

    Label(String text) {
        this.text = text;
    }

    /** The label as the protocol pages write it: ASCII, without the zero byte that ends it. */
    public String text() {
        return text;
    }

    /**
     * The one encoding of everything that is hashed, signed, derived from or authenticated: the label, a zero byte, then each
     * field behind its length as 4 bytes, big-endian. Two different lists of fields never give the same bytes.
     */
    public Bytes over(Bytes... fields) {
        ByteWriter out = new ByteWriter().raw(Bytes.utf8(text)).u8(0);
        for (Bytes field : fields) {
            out.field32(field);
        }
        return out.toBytes();
    }
}
