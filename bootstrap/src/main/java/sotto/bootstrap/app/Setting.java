package sotto.bootstrap.app;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that an operator can set, by the key that the configuration file has for it. Keys say their unit, bounds are
 * inclusive. {@code docs/bootstrap.md} tells what each is for.
 */
enum Setting {
    LISTEN("listen", Kind.ADDRESSES, ""),
    BOOTSTRAP("bootstrap", Kind.ADDRESSES, ""),
    METRICS_PORT("metrics.port", 0, 65_535, Setting.OFF),
    LOG_LEVEL("log.level", Kind.LEVEL, "info"),
    LOG_PEERS("log.peers", Kind.TRUTH, "false"),
    CONNECTIONS("limits.connections-max", 1, 1_000_000, "6000"),
    CONNECTIONS_PER_NETWORK("limits.connections-per-network-max", 1, 1_000_000, "64"),
    HANDSHAKES("limits.handshakes-max", 1, 100_000, "256"),
    ARRIVALS("limits.arrivals-per-network-per-minute", 1, 60_000, "240"),
    REQUESTS_PER_PEER("limits.requests-per-peer-per-second", 1, 1_000_000, "100"),
    REQUESTS_PER_NETWORK("limits.requests-per-network-per-second", 1, 1_000_000, "400"),
    RECORDS("records.count-max", 1, 10_000_000, "32768"),
    RECORDS_PER_PEER("records.per-peer-max", 1, 10_000_000, "4096"),
    RECORDS_SIZE("records.mebibytes-max", 1, 1_000_000, "256");

    /** The value of a number that may be left out altogether. */
    static final String OFF = "off";

    private static final String VARIABLE_PREFIX = "SOTTO_BOOTSTRAP_";

    private final String key;
    private final Kind kind;
    private final String standard;
    private final int least;
    private final int most;

    Setting(String key, Kind kind, String standard) {
        this(key, kind, standard, 0, 0);
    }

    Setting(String key, int least, int most, String standard) {
        this(key, Kind.NUMBER, standard, least, most);
    }

    @SuppressWarnings("TooManyParameters") // The columns of the table above.
    Setting(String key, Kind kind, String standard, int least, int most) {
        this.key = key;
        this.kind = kind;
        this.standard = standard;
        this.least = least;
        this.most = most;
    }

    /** What a value may be. */
    enum Kind {
        /** Multiaddresses, any number of them. */
        ADDRESSES,
        NUMBER,
        TRUTH,
        LEVEL
    }

    static Optional<Setting> ofKey(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key.equals(key))
                .findFirst();
    }

    static Optional<Setting> ofVariable(String variable) {
        return Arrays.stream(values())
                .filter(setting -> setting.variable().equals(variable))
                .findFirst();
    }

    /** Whether {@code variable} claims to be one of ours. */
    static boolean isVariable(String variable) {
        return variable.startsWith(VARIABLE_PREFIX);
    }

    /** All keys, and the tables they are in. */
    static Stream<String> keysAndTables() {
        return Arrays.stream(values())
                .flatMap(setting -> Stream.of(setting.key, setting.key.replaceFirst("\\.?[^.]*$", "")));
    }

    /** The texts in {@code value}, as a variable or a flag has it: addresses stand between blanks or commas. */
    static List<String> words(Setting setting, String value) {
        return setting.kind == Kind.ADDRESSES
                ? Arrays.stream(value.split("[\\s,]+"))
                        .filter(word -> !word.isEmpty())
                        .toList()
                : List.of(value.strip());
    }

    /** As in the configuration file: table, dot, name. */
    String key() {
        return key;
    }

    /** The environment variable that overrides the file. */
    String variable() {
        return VARIABLE_PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    Kind kind() {
        return kind;
    }

    /** What holds where nothing is said. */
    String standard() {
        return standard;
    }

    int least() {
        return least;
    }

    int most() {
        return most;
    }
}
