package sotto.libp2p.host;

/** The name of a protocol as multistream-select negotiates it, for example {@code /ipfs/ping/1.0.0}: starts with a slash, at most 140 ASCII characters, no line end. */
public record ProtocolId(String name) {
    public static final int NAME_CHARACTERS_MAX = 140;

    public ProtocolId {
        boolean isPrintable = name.chars().allMatch(c -> c > 0x20 && c < 0x7f);
        if (!name.startsWith("/") || name.length() > NAME_CHARACTERS_MAX || !isPrintable) {
            throw new IllegalArgumentException("a protocol id is a slash and at most 139 printable ASCII characters");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
