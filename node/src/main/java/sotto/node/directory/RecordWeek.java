package sotto.node.directory;

import java.time.Duration;
import java.time.Instant;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.SecretBytes;
import sotto.node.wire.Label;

/**
 * A week of one pair root: contact records move at its end. Every pair root has its own turn of the week, so that the records of
 * one person do not all move in the same hour.
 *
 * @param number counts from 1970, never negative
 */
public record RecordWeek(long number) {
    public static final Duration LENGTH = Duration.ofDays(7);

    private static final int SHIFT_BYTES = 8;

    public RecordWeek {
        if (number < 0) {
            throw new IllegalArgumentException("a week before 1970");
        }
    }

    /** The week that {@code now} is in; a clock before 1970 is in the first one. */
    public static RecordWeek at(Crypto crypto, SecretBytes pairRoot, Instant now) {
        long shifted = Math.max(0, now.toEpochMilli()) + shiftMillis(crypto, pairRoot);
        return new RecordWeek(shifted / LENGTH.toMillis());
    }

    /** When this week ends for {@code pairRoot}. */
    public Instant end(Crypto crypto, SecretBytes pairRoot) {
        return Instant.ofEpochMilli((number + 1) * LENGTH.toMillis() - shiftMillis(crypto, pairRoot));
    }

    /** The week before; the first week is before itself. */
    public RecordWeek previous() {
        return new RecordWeek(Math.max(0, number - 1));
    }

    private static long shiftMillis(Crypto crypto, SecretBytes pairRoot) {
        try (SecretBytes shift =
                crypto.hkdf(pairRoot, Bytes.EMPTY, Label.CONTACT_RECORD_WEEK_SHIFT.over(), SHIFT_BYTES)) {
            return shift.use(bytes -> Long.remainderUnsigned(number(bytes), LENGTH.toMillis()));
        }
    }

    private static long number(byte[] bytes) {
        long number = 0;
        for (byte octet : bytes) {
            number = number << Byte.SIZE | (octet & 0xff);
        }
        return number;
    }
}
