package sotto.node.wire;

import java.util.function.Function;
import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.node.api.MessageId;

/**
 * What two contacts say to each other inside a session: one version byte, one byte for the kind, then the fields of the kind
 * ({@code docs/protocol/session.md}). A kind unknown here is a value of its own, to be skipped: newer peers may say more.
 */
public sealed interface SessionMessage {
    int VERSION = 1;

    /** The bytes of an incarnation. */
    int INCARNATION_BYTES = 16;

    Bytes encode();

    /**
     * A text.
     *
     * @param id names it on both ends; a second one with the same id is the same message
     * @param incarnation 16 random bytes that name the sender's stream, new whenever its counters begin anew
     * @param counter its place in that stream, from 1 without gaps
     * @param sentAtMillis when it was written, Unix time by the sender's clock, which may be wrong
     * @param text at most 65,536 bytes of UTF-8, as the sender wrote it: not yet harmless to show
     */
    record Text(MessageId id, Bytes incarnation, long counter, long sentAtMillis, String text)
            implements SessionMessage {
        public static final int KIND = 1;

        public Text {
            checkPlace(incarnation, counter);
            text = WireText.checked(text, WireLimits.TEXT_BYTES_MAX);
        }

        @Override
        public Bytes encode() {
            ByteWriter out = begin(KIND).raw(Bytes.ofHex(id.hex())).raw(incarnation);
            return out.u64(counter).u64(sentAtMillis).field32(Bytes.utf8(text)).toBytes();
        }

        private static Text readFrom(ByteReader in) throws WireException {
            MessageId id = new MessageId(in.raw(MessageId.SIZE_BYTES).hex());
            Bytes incarnation = in.raw(INCARNATION_BYTES);
            long counter = readCounter(in);
            long sentAtMillis = in.u64();
            String text = ByteReader.utf8(in.field32(WireLimits.TEXT_BYTES_MAX));
            in.end();
            return new Text(id, incarnation, counter, sentAtMillis, text);
        }
    }

    /**
     * All texts of {@code incarnation} up to and with {@code counter} are durable here.
     *
     * @param counter 0 where there is none yet
     */
    record Acknowledgement(Bytes incarnation, long counter) implements SessionMessage {
        public static final int KIND = 2;

        public Acknowledgement {
            checkPlace(incarnation, counter);
        }

        @Override
        public Bytes encode() {
            return begin(KIND).raw(incarnation).u64(counter).toBytes();
        }

        private static Acknowledgement readFrom(ByteReader in) throws WireException {
            Bytes incarnation = in.raw(INCARNATION_BYTES);
            long counter = readCounter(in);
            in.end();
            return new Acknowledgement(incarnation, counter);
        }
    }

    /**
     * What the sender calls itself and where it can be reached now; replaces what was said before.
     *
     * @param name at most 64 bytes of UTF-8, not yet harmless to show
     */
    record Profile(String name, Addresses addresses) implements SessionMessage {
        public static final int KIND = 3;

        public Profile {
            name = WireText.checked(name, WireLimits.NAME_BYTES_MAX);
        }

        @Override
        public Bytes encode() {
            ByteWriter out = begin(KIND).text16(name);
            addresses.writeTo(out);
            return out.toBytes();
        }

        private static Profile readFrom(ByteReader in) throws WireException {
            String name = ByteReader.utf8(WireText.bounded(in.field16(), WireLimits.NAME_BYTES_MAX));
            Addresses addresses = Addresses.readFrom(in);
            in.end();
            return new Profile(name, addresses);
        }
    }

    /** Something of a kind that this version does not know. */
    record Unknown(int kind, Bytes body) implements SessionMessage {
        public Unknown {
            if (kind < 0 || kind > 0xff || isKnown(kind)) {
                throw new IllegalArgumentException(kind + " is not an unknown kind");
            }
        }

        @Override
        public Bytes encode() {
            return begin(kind).raw(body).toBytes();
        }
    }

    /** The message that {@code bytes} are. */
    static SessionMessage decode(Bytes bytes) throws WireException {
        if (bytes.size() > WireLimits.SESSION_MESSAGE_BYTES_MAX) {
            throw new WireException(
                    "a message of " + bytes.size() + " bytes, at most " + WireLimits.SESSION_MESSAGE_BYTES_MAX);
        }
        ByteReader in = new ByteReader(bytes);
        int version = in.u8();
        if (version != VERSION) {
            throw new WireException("a message of version " + version);
        }
        int kind = in.u8();
        return switch (kind) {
            case Text.KIND -> Text.readFrom(in);
            case Acknowledgement.KIND -> Acknowledgement.readFrom(in);
            case Profile.KIND -> Profile.readFrom(in);
            default -> new Unknown(kind, in.rest());
        };
    }

    /** One answer per kind. */
    default <T> T match(
            Function<Text, T> onText,
            Function<Acknowledgement, T> onAcknowledgement,
            Function<Profile, T> onProfile,
            Function<Unknown, T> onUnknown) {
        if (this instanceof Text text) {
            return onText.apply(text);
        }
        if (this instanceof Acknowledgement acknowledgement) {
            return onAcknowledgement.apply(acknowledgement);
        }
        if (this instanceof Profile profile) {
            return onProfile.apply(profile);
        }
        return onUnknown.apply((Unknown) this);
    }

    private static boolean isKnown(int kind) {
        return kind == Text.KIND || kind == Acknowledgement.KIND || kind == Profile.KIND;
    }

    private static ByteWriter begin(int kind) {
        return new ByteWriter().u8(VERSION).u8(kind);
    }

    private static long readCounter(ByteReader in) throws WireException {
        long counter = in.u64();
        if (counter < 0) {
            throw new WireException("a counter beyond 63 bits");
        }
        return counter;
    }

    private static void checkPlace(Bytes incarnation, long counter) {
        if (incarnation.size() != INCARNATION_BYTES || counter < 0) {
            throw new IllegalArgumentException("an incarnation has 16 bytes, a counter 63 bits");
        }
    }
}
