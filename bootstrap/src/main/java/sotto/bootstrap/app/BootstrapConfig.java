package sotto.bootstrap.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.peer.Multiaddr;

/**
 * How a bootstrap node is to run; one that exists is valid.
 *
 * @param listen where; empty for all interfaces and a free port
 * @param bootstrap other entry points, with the peers to be met there
 * @param metricsPort on loopback; 0 is a free one; empty for no metrics
 */
record BootstrapConfig(
        List<Multiaddr> listen,
        List<Multiaddr> bootstrap,
        OptionalInt metricsPort,
        Log log,
        Limits limits,
        Records records) {
    BootstrapConfig {
        listen = List.copyOf(listen);
        bootstrap = List.copyOf(bootstrap);
    }

    /** @param namesPeers whether addresses and ids of peers are left in */
    record Log(Level level, boolean namesPeers) {}

    /** How much is logged; each includes those before it. */
    enum Level {
        ERROR,
        WARNING,
        INFO,
        DEBUG
    }

    /** What strangers may take; a network is an IPv4 address or an IPv6 prefix of 64 bits. */
    record Limits(
            int connectionsMax,
            int connectionsPerNetworkMax,
            int handshakesMax,
            int arrivalsPerNetworkPerMinute,
            int requestsPerPeerPerSecond,
            int requestsPerNetworkPerSecond) {}

    /** What is kept for strangers. */
    record Records(int countMax, int perPeerMax, int mebibytesMax) {}

    /**
     * Where settings come from; what stands later wins.
     *
     * @param flags what the command line sets
     */
    record Sources(Optional<Path> file, Map<String, String> variables, Map<Setting, Given> flags) {}

    /** @throws ConfigurationException with all that is wrong anywhere, overridden or not */
    static BootstrapConfig of(Sources sources) throws ConfigurationException {
        List<String> problems = new ArrayList<>();
        Map<Setting, Given> settings = new EnumMap<>(Setting.class);
        sources.file().ifPresent(path -> ConfigurationFile.read(path, settings, problems));
        new Values(settings, problems).checkAll();
        settings.putAll(ofVariables(sources.variables(), problems));
        new Values(settings, problems).checkAll();
        settings.putAll(sources.flags());
        BootstrapConfig config = of(new Values(settings, problems));
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems.stream().distinct().toList());
        }
        return config;
    }

    private static Map<Setting, Given> ofVariables(Map<String, String> variables, List<String> problems) {
        Map<Setting, Given> settings = new EnumMap<>(Setting.class);
        new TreeMap<>(variables).forEach((name, value) -> {
            Optional<Setting> setting = Setting.ofVariable(name);
            if (setting.isPresent()) {
                settings.put(setting.get(), new Given(Setting.words(setting.get(), value), name));
            } else if (Setting.isVariable(name)) {
                problems.add(name + ": there is no such setting");
            }
        });
        return settings;
    }

    private static BootstrapConfig of(Values values) {
        return new BootstrapConfig(
                values.addresses(Setting.LISTEN),
                values.addresses(Setting.BOOTSTRAP),
                values.optionalNumber(Setting.METRICS_PORT),
                new Log(values.level(Setting.LOG_LEVEL), values.isTrue(Setting.LOG_PEERS)),
                new Limits(
                        values.number(Setting.CONNECTIONS),
                        values.number(Setting.CONNECTIONS_PER_NETWORK),
                        values.number(Setting.HANDSHAKES),
                        values.number(Setting.ARRIVALS),
                        values.number(Setting.REQUESTS_PER_PEER),
                        values.number(Setting.REQUESTS_PER_NETWORK)),
                new Records(
                        values.number(Setting.RECORDS),
                        values.number(Setting.RECORDS_PER_PEER),
                        values.number(Setting.RECORDS_SIZE)));
    }

    /** Turns texts into values; of one that is none it tells, and goes on with a value that will not be used. */
    private record Values(Map<Setting, Given> settings, List<String> problems) {
        /** Tells of all that is wrong so far. */
        void checkAll() {
            BootstrapConfig.of(this);
        }

        List<Multiaddr> addresses(Setting setting) {
            Given given = given(setting);
            List<Multiaddr> addresses = new ArrayList<>();
            for (String text : given.texts()) {
                try {
                    addresses.add(checked(setting, Multiaddr.parse(text)));
                } catch (WireException malformed) {
                    problem(setting, "'" + text + "': " + malformed.getMessage());
                }
            }
            return addresses;
        }

        int number(Setting setting) {
            return optionalNumber(setting).orElseGet(() -> {
                problem(setting, "cannot be off");
                return setting.least();
            });
        }

        OptionalInt optionalNumber(Setting setting) {
            String text = text(setting);
            if (text.equals(Setting.OFF)) {
                return OptionalInt.empty();
            }
            try {
                int number = Integer.parseInt(text);
                if (number >= setting.least() && number <= setting.most()) {
                    return OptionalInt.of(number);
                }
            } catch (NumberFormatException notANumber) {
                // Told below, like a number out of bounds.
            }
            problem(setting, "'" + text + "' is no whole number from " + setting.least() + " to " + setting.most());
            return OptionalInt.of(setting.least());
        }

        boolean isTrue(Setting setting) {
            String text = text(setting);
            if (!text.equals("true") && !text.equals("false")) {
                problem(setting, "'" + text + "' is neither true nor false");
            }
            return text.equals("true");
        }

        Level level(Setting setting) {
            String text = text(setting);
            for (Level level : Level.values()) {
                if (level.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return level;
                }
            }
            problem(setting, "'" + text + "' is none of error, warning, info, debug");
            return Level.INFO;
        }

        private static Multiaddr checked(Setting setting, Multiaddr address) throws WireException {
            if (setting == Setting.LISTEN
                    && (address.tcpSocket().isEmpty() || address.peerId().isPresent())) {
                throw new WireException("expected an IP address and a TCP port, like /ip4/0.0.0.0/tcp/4001");
            }
            if (setting == Setting.BOOTSTRAP && address.peerId().isEmpty()) {
                throw new WireException("expected an address that ends with /p2p/ and the peer's id");
            }
            return address;
        }

        private String text(Setting setting) {
            List<String> texts = given(setting).texts();
            return texts.isEmpty() ? "" : texts.get(0);
        }

        private Given given(Setting setting) {
            List<String> standard = setting.standard().isEmpty() ? List.of() : List.of(setting.standard());
            return settings.getOrDefault(setting, new Given(standard, "default"));
        }

        private void problem(Setting setting, String message) {
            problems.add(given(setting).origin() + ": " + setting.key() + " " + message);
        }
    }
}
