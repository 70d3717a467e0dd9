package sotto.libp2p.multistream;

import java.util.function.Predicate;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;

/** The responder's end: agrees to the first proposal that it speaks. Not thread-safe. */
public final class Answering implements Negotiation {
    private final Lines lines = new Lines();
    private final Predicate<String> isSpoken;
    private final int proposalsMax;
    private int proposals;
    private boolean hasHeader;

    /**
     * A negotiation that the other end begins.
     *
     * @param isSpoken asked with whatever the other end proposes
     * @param proposalsMax proposals that are answered; one more ends the negotiation
     */
    public Answering(Predicate<String> isSpoken, int proposalsMax) {
        this.isSpoken = isSpoken;
        this.proposalsMax = proposalsMax;
    }

    /** Nothing: our header answers theirs. */
    @Override
    public Bytes opening() {
        return Bytes.EMPTY;
    }

    @Override
    public Step onByte(byte next) throws WireException {
        var line = lines.onByte(next);
        return line.isPresent() ? onLine(line.get()) : Step.NOTHING;
    }

    private Step onLine(String line) throws WireException {
        if (!hasHeader) {
            checkHeader(line);
            hasHeader = true;
            // A peer may wait for our header before it proposes, so it is not held back for the answer.
            return new Step.Continue(Lines.encode(Lines.HEADER));
        }
        if (++proposals > proposalsMax) {
            throw new WireException("more than " + proposalsMax + " proposals");
        }
        return isSpoken.test(line)
                ? new Step.Agreed(Lines.encode(line), line)
                : new Step.Continue(Lines.encode(Lines.NOT_AVAILABLE));
    }

    static void checkHeader(String line) throws WireException {
        if (!line.equals(Lines.HEADER)) {
            throw new WireException("expected " + Lines.HEADER + " as the first line");
        }
    }
}
