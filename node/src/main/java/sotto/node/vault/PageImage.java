package sotto.node.vault;

/** What page {@code number} of {@code region} holds: 4,064 bytes that nobody changes any more. */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and too large to be copied.
record PageImage(Region region, int number, byte[] payload) {
    @Override
    public String toString() {
        return region + " " + number;
    }
}
