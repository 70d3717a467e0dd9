package sotto.libp2p.kad;

import java.time.Instant;

/**
 * Now, by both clocks.
 *
 * @param millis by a clock that nobody can set: for spans of time
 * @param wall for what is stored and compared with what others say
 */
public record Moment(long millis, Instant wall) {}
