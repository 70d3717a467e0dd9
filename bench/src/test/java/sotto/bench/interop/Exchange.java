package sotto.bench.interop;

/** Everything that must be exchanged with js-libp2p, each in both dial directions. */
enum Exchange {
    DIAL_ED25519("connect with an Ed25519 peer"),
    DIAL_SECP256K1("connect with a secp256k1 peer"),
    DIAL_ECDSA("connect with an ECDSA peer"),
    DIAL_RSA("connect with an RSA peer"),
    WRONG_PEER("refuse another peer than the one dialled"),
    IDENTIFY_THEM("identify js"),
    IDENTIFY_US("identify by js"),
    PUSH_TO_US("identify push from js"),
    PUSH_TO_THEM("identify push to js"),
    PING_THEM("ping js"),
    PING_US("ping by js"),
    ECHO_1_MIB_BY_THEM("1 MiB echoed by js"),
    ECHO_1_MIB_BY_US("1 MiB echoed for js"),
    ECHO_20_STREAMS_BY_THEM("1 MiB over each of 20 streams at once, echoed by js"),
    ECHO_20_STREAMS_BY_US("1 MiB over each of 20 streams at once, echoed for js"),
    ECHO_100_MIB_BY_THEM("100 MiB echoed by js"),
    ECHO_100_MIB_BY_US("100 MiB echoed for js"),
    SLOW_READER_THERE("a js reader that does not read stops us"),
    SLOW_READER_HERE("a reader of ours that does not read stops js"),
    HALF_CLOSE_BY_US("js answers after our end"),
    HALF_CLOSE_BY_THEM("we answer after the end of js"),
    RESET_BY_THEM("a reset by js reaches us"),
    RESET_BY_US("a reset by us reaches js"),
    UNKNOWN_PROTOCOL_THERE("js refuses a protocol it does not speak"),
    UNKNOWN_PROTOCOL_HERE("we refuse a protocol we do not speak"),
    CLOSE_BY_THEM("a connection closed by js is closed here"),
    CLOSE_BY_US("a connection closed by us is closed there");

    private final String label;

    Exchange(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
