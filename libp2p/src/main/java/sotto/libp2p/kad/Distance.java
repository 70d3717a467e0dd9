package sotto.libp2p.kad;

/** How far two keys are apart: their exclusive or, as a number of 256 bits. Immutable. */
public record Distance(long first, long second, long third, long fourth) implements Comparable<Distance> {
    /** How many of the 256 bits are zero before the first that is not. */
    public int leadingZeros() {
        if (first != 0) {
            return Long.numberOfLeadingZeros(first);
        }
        if (second != 0) {
            return Long.SIZE + Long.numberOfLeadingZeros(second);
        }
        return third != 0
                ? 2 * Long.SIZE + Long.numberOfLeadingZeros(third)
                : 3 * Long.SIZE + Long.numberOfLeadingZeros(fourth);
    }

    @Override
    public int compareTo(Distance other) {
        int order = Long.compareUnsigned(first, other.first);
        if (order == 0) {
            order = Long.compareUnsigned(second, other.second);
        }
        if (order == 0) {
            order = Long.compareUnsigned(third, other.third);
        }
        return order == 0 ? Long.compareUnsigned(fourth, other.fourth) : order;
    }
}
