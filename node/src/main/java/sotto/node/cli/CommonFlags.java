package sotto.node.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.peer.Multiaddr;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.core.NodeConfig;

/** The flags that every command takes, before or after its name. Filled by picocli or {@link #fill}, read afterwards. */
public final class CommonFlags {
    static final String HOME = "--home";
    static final String PASSPHRASE_FILE = "--passphrase-file";
    static final String JSON = "--json";
    static final String LISTEN = "--listen";
    static final String BOOTSTRAP = "--bootstrap";
    static final String LAN = "--lan";

    /** Those that the next word belongs to. */
    static final Set<String> WITH_VALUE = Set.of(HOME, PASSPHRASE_FILE, LISTEN, BOOTSTRAP);

    private final Map<String, String> variables;

    @Option(
            names = HOME,
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Where account and vault are (default: sotto in the XDG data folder).")
    private @Nullable Path home;

    @Option(
            names = PASSPHRASE_FILE,
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Read the passphrase from the first line of FILE; - is stdin.")
    private @Nullable String passphraseFile;

    @Option(names = JSON, scope = ScopeType.INHERIT, description = "Print JSON, one object per line.")
    private boolean isJson;

    @Option(
            names = LISTEN,
            paramLabel = "MULTIADDR",
            scope = ScopeType.INHERIT,
            description =
                    "Listen here, for example /ip4/0.0.0.0/tcp/4001; repeatable (default: all interfaces, a free port).")
    private List<String> listen = new ArrayList<>();

    @Option(
            names = BOOTSTRAP,
            paramLabel = "MULTIADDR",
            scope = ScopeType.INHERIT,
            description = "Join the directory here; repeatable, remembered (default: where it was joined before).")
    private List<String> bootstrap = new ArrayList<>();

    @Option(names = LAN, scope = ScopeType.INHERIT, description = "Never leave the local network.")
    private boolean isLanOnly;

    CommonFlags(Map<String, String> variables) {
        this.variables = variables;
    }

    /** What picocli would fill in for the same line. */
    void fill(PlainLine line) {
        home = line.valueOf(HOME).map(Path::of).orElse(null);
        passphraseFile = line.valueOf(PASSPHRASE_FILE).orElse(null);
        isJson = line.has(JSON);
        listen = line.valueOf(LISTEN).map(List::of).orElseGet(List::of);
        bootstrap = line.valueOf(BOOTSTRAP).map(List::of).orElseGet(List::of);
        isLanOnly = line.has(LAN);
    }

    /** The home as it was typed, if it was. */
    Optional<Path> givenHome() {
        return Optional.ofNullable(home);
    }

    /** The home in use, absolute; it may not exist. */
    public Path home() {
        return home("sotto");
    }

    /** As {@link #home()}; where none is given it is {@code folder} in the XDG data folder. */
    public Path home(String folder) {
        return Optional.ofNullable(home)
                .orElseGet(() -> dataFolder().resolve(folder))
                .toAbsolutePath()
                .normalize();
    }

    /** Whether results are to be JSON. */
    public boolean isJson() {
        return isJson;
    }

    /** The flags given that only matter to a node as it starts. */
    List<String> startFlags() {
        return Stream.of(Map.entry(LISTEN, listen), Map.entry(BOOTSTRAP, bootstrap))
                .filter(flag -> !flag.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Where to listen, as it was typed; nothing where it was not told. */
    public List<String> listen() {
        return List.copyOf(listen);
    }

    /** Where to join the directory, as it was typed; nothing where it was not told. */
    public List<String> bootstrap() {
        return List.copyOf(bootstrap);
    }

    /** Whether nothing may leave the local network. */
    public boolean isLanOnly() {
        return isLanOnly;
    }

    Optional<String> passphraseFile() {
        return Optional.ofNullable(passphraseFile);
    }

    /** Refuses addresses that are none, or that contradict other flags: mistakes, whether or not a node runs already. */
    void checkAddresses() {
        addresses(LISTEN, listen);
        addresses(BOOTSTRAP, bootstrap);
    }

    /** How to start a node here. {@code isNetworked} false: it only looks into the vault. */
    NodeConfig nodeConfig(boolean isNetworked) {
        List<Multiaddr> named = addresses(BOOTSTRAP, bootstrap);
        List<Multiaddr> written = isNetworked ? BootstrapFile.read(home()) : List.of();
        List<Multiaddr> ways =
                Stream.concat(named.stream(), written.stream()).distinct().toList();
        return new NodeConfig(home(), addresses(LISTEN, listen), ways, isLanOnly, isNetworked);
    }

    private List<Multiaddr> addresses(String flag, List<String> texts) {
        List<Multiaddr> addresses =
                texts.stream().map(text -> address(flag, text)).toList();
        if (isLanOnly) {
            addresses.forEach(address -> requireLocal(flag, address));
        }
        return addresses;
    }

    /** The node holds to this by itself; here it is told as the mistake that it is. */
    private static void requireLocal(String flag, Multiaddr address) {
        if (!address.isLoopback() && !address.isPrivate() && !address.isUnspecified()) {
            throw new ApiException(
                    new ApiError.BadArgument("--lan and " + flag + " " + address + " contradict each other"));
        }
    }

    /** The XDG base directory specification: a relative folder in its variable is to be ignored. */
    private Path dataFolder() {
        String data = variables.getOrDefault("XDG_DATA_HOME", "");
        return data.startsWith("/") ? Path.of(data) : Path.of(System.getProperty("user.home"), ".local", "share");
    }

    private static Multiaddr address(String flag, String text) {
        try {
            return Multiaddr.parse(text);
        } catch (WireException malformed) {
            throw new ApiException(new ApiError.BadArgument(flag + " " + text + ": " + malformed.getMessage()));
        }
    }
}
