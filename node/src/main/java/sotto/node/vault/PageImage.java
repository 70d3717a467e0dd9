package sotto.node.vault;

/** What page {@code number} of {@code region} holds: 4,064 bytes that nobody changes any more. */
@SuppressWarnings("ArrayRecordComponent") // Nobody changes the arrays, and nobody compares these.
record PageImage(Region region, int number, byte[] payload) {
    @Override
    public String toString() {
        return region + " " + number;
    }
}
