package sotto.libp2p.yamux;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Pings of the session, one at a time, and the round trip they measure. Not thread-safe. */
final class KeepAlive {
    private long number;
    private @Nullable Duration askedAt;
    private @Nullable Duration roundTrip;

    boolean isAwaiting() {
        return askedAt != null;
    }

    FrameHeader ask(Duration now) {
        askedAt = now;
        number = (number + 1) & 0xffff_ffffL;
        return new FrameHeader(FrameType.PING, FrameHeader.SYN, 0, number);
    }

    /** An answer with another number than the last ping's is ignored: it answers nothing. */
    void onAnswer(long answered, Duration now) {
        if (askedAt != null && answered == number) {
            roundTrip = now.minus(askedAt);
            askedAt = null;
        }
    }

    Optional<Duration> roundTrip() {
        return Optional.ofNullable(roundTrip);
    }
}
