package sotto.node.vault;

/** What a sealed thing is, so that none can stand for another. */
enum Region {
    /** A page of MapDB's volume. */
    DATA(0),
    /** A table of the keys of 127 data pages. */
    LEVEL_2(1),
    /** A table of the keys of 127 level-2 tables. */
    LEVEL_1(2),
    /** The keys of the level-1 tables: in a header, and in the journal while a checkpoint runs. */
    ROOT(3),
    /** A frame of the journal, by its index. */
    FRAME(4),
    /** An acknowledgement mark. */
    MARK(5),
    /** What the key file knows of the newest header, by its place there. */
    WITNESS(6);

    private final byte code;

    Region(int code) {
        this.code = (byte) code;
    }

    byte code() {
        return code;
    }

    /** The region of a code that was sealed, so it is one. */
    static Region ofCode(int code) {
        for (Region region : values()) {
            if (region.code == code) {
                return region;
            }
        }
        throw new IllegalStateException("no region has the code " + code);
    }
}
