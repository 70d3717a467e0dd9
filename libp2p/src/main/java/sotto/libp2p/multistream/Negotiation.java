package sotto.libp2p.multistream;

import java.util.function.Function;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;

/**
 * One end of a negotiation. Life cycle: {@link #opening()} is sent at once; then every incoming byte is fed until a step says
 * that it is over; bytes behind that one belong to the protocol agreed on. Not thread-safe.
 */
public sealed interface Negotiation permits Proposing, Answering {
    /** What is sent before anything came. */
    Bytes opening();

    /**
     * Takes one byte.
     *
     * @throws WireException if what came is not multistream-select, or more of it than is allowed
     */
    Step onByte(byte next) throws WireException;

    /** What a byte led to. */
    sealed interface Step {
        /** Nothing yet. */
        Step NOTHING = new Continue(Bytes.EMPTY);

        <T> T match(
                Function<Continue, T> onContinue, Function<Agreed, T> onAgreed, Function<NoneSpoken, T> onNoneSpoken);

        /** Send {@code answer} (it may be empty) and go on. */
        record Continue(Bytes answer) implements Step {
            @Override
            public <T> T match(Function<Continue, T> onContinue, Function<Agreed, T> a, Function<NoneSpoken, T> n) {
                return onContinue.apply(this);
            }
        }

        /** Send {@code answer} (it may be empty); from then on both ends speak {@code protocol}. */
        record Agreed(Bytes answer, String protocol) implements Step {
            @Override
            public <T> T match(Function<Continue, T> c, Function<Agreed, T> onAgreed, Function<NoneSpoken, T> n) {
                return onAgreed.apply(this);
            }
        }

        /** The other end speaks none of the protocols proposed. */
        record NoneSpoken() implements Step {
            @Override
            public <T> T match(Function<Continue, T> c, Function<Agreed, T> a, Function<NoneSpoken, T> onNoneSpoken) {
                return onNoneSpoken.apply(this);
            }
        }
    }
}
