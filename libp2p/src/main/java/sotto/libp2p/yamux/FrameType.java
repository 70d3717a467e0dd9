package sotto.libp2p.yamux;

import java.util.Optional;

/** What a frame is for (Yamux spec, "Type Field"). */
enum FrameType {
    DATA(0),
    WINDOW_UPDATE(1),
    PING(2),
    GO_AWAY(3);

    private static final FrameType[] BY_CODE = {DATA, WINDOW_UPDATE, PING, GO_AWAY};

    private final int code;

    FrameType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Optional<FrameType> of(int code) {
        return code < BY_CODE.length ? Optional.of(BY_CODE[code]) : Optional.empty();
    }
}
