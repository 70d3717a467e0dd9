package sotto.libp2p.multistream;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;

/** The initiator's end: proposes protocols one by one, in its order of preference. Not thread-safe. */
public final class Proposing implements Negotiation {
    private final Lines lines = new Lines();
    private final Queue<String> proposals;
    private String proposal;
    private boolean hasHeader;

    /** @param protocols at least one, best first */
    public Proposing(List<String> protocols) {
        this.proposals = new ArrayDeque<>(protocols);
        this.proposal = proposals.remove();
    }

    /** The header and the first proposal together: waiting for the other end's header would cost a round trip. */
    @Override
    public Bytes opening() {
        return Bytes.concat(Lines.encode(Lines.HEADER), Lines.encode(proposal));
    }

    @Override
    public Step onByte(byte next) throws WireException {
        var line = lines.onByte(next);
        return line.isPresent() ? onLine(line.get()) : Step.NOTHING;
    }

    private Step onLine(String line) throws WireException {
        if (!hasHeader) {
            Answering.checkHeader(line);
            hasHeader = true;
            return Step.NOTHING;
        }
        if (line.equals(proposal)) {
            return new Step.Agreed(Bytes.EMPTY, proposal);
        }
        if (!line.equals(Lines.NOT_AVAILABLE)) {
            throw new WireException("an answer that is neither the proposal nor 'na'");
        }
        if (proposals.isEmpty()) {
            return new Step.NoneSpoken();
        }
        proposal = proposals.remove();
        return new Step.Continue(Lines.encode(proposal));
    }
}
