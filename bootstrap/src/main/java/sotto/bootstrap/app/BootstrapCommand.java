package sotto.bootstrap.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import sotto.libp2p.runtime.EventLoop;
import sotto.libp2p.runtime.EventLoopThread;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.cli.Program;
import sotto.node.cli.Waiting;

@Command(
        name = "bootstrap",
        sortOptions = false,
        description = {
            "Run a node by which others find into the network: it serves their directory and knows no account. Its key"
                    + " needs no passphrase and stays the same; it runs until it gets SIGTERM or Ctrl+C. When it is"
                    + " ready it prints each address that it listens on, then a line: ready.",
            "What a flag sets wins over the environment (SOTTO_BOOTSTRAP_...), and that over the configuration file."
        },
        footer = {
            "",
            "Examples:",
            "  sotto bootstrap --home /var/lib/sotto --listen /ip4/0.0.0.0/tcp/4001",
            "  sotto bootstrap --config /etc/sotto/bootstrap.toml --metrics-port 9464",
            "  sotto bootstrap --config /etc/sotto/bootstrap.toml --check",
            "  sotto bootstrap --set limits.connections-max=2000",
        })
final class BootstrapCommand implements Runnable {
    private static final String HOME = "sotto-bootstrap";

    private final Program program;

    @Option(names = "--config", paramLabel = "FILE", description = "Read settings from this TOML file.")
    private @Nullable Path config;

    @Option(names = "--check", description = "Only say whether the settings are right, and end.")
    private boolean isCheckOnly;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description = "Tell health and metrics by HTTP on this port of 127.0.0.1 (default: not at all).")
    private @Nullable String metricsPort;

    @Option(names = "--log-level", paramLabel = "LEVEL", description = "error, warning, info (default) or debug.")
    private @Nullable String logLevel;

    @Option(
            names = "--log-peers",
            description =
                    "Leave addresses and ids of peers in the log. Only to find a fault: it tells who talks to you.")
    private boolean isLoggingPeers;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Any setting of the configuration file; repeatable.")
    private List<String> settings = new ArrayList<>();

    BootstrapCommand(Program program) {
        this.program = program;
    }

    @Override
    public void run() {
        if (program.flags().isLanOnly()) {
            throw new ApiException(new ApiError.BadArgument("a bootstrap node is not needed with --lan"));
        }
        BootstrapConfig checked = configuration();
        if (isCheckOnly) {
            program.output().line("the settings are right");
            return;
        }
        LogOutput.install(checked.log());
        serve(checked);
    }

    private void serve(BootstrapConfig checked) {
        CompletableFuture<Void> stopped = program.untilStopped();
        Path folder = program.flags().home(HOME);
        try (EventLoop loop = new EventLoopThread("sotto-bootstrap");
                Home home = Home.take(folder, loop, program.patience());
                BootstrapNode node = BootstrapNode.start(home, loop, checked)) {
            program.announceReady(node.addresses());
            Waiting.untilEnd(stopped);
        } catch (IOException failure) {
            throw new ApiException(new ApiError.Failed("cannot use " + folder + ": " + failure));
        }
    }

    private BootstrapConfig configuration() {
        try {
            return BootstrapConfig.of(
                    new BootstrapConfig.Sources(Optional.ofNullable(config), program.variables(), flags()));
        } catch (ConfigurationException wrong) {
            wrong.problems().forEach(program.output()::note);
            throw new ApiException(new ApiError.BadArgument("the settings are wrong, see above"));
        }
    }

    private Map<Setting, Given> flags() {
        Map<Setting, Given> flags = new EnumMap<>(Setting.class);
        settings.forEach(text -> add(flags, text));
        add(flags, Setting.LISTEN, "--listen", program.flags().listen());
        add(flags, Setting.BOOTSTRAP, "--bootstrap", program.flags().bootstrap());
        add(flags, Setting.METRICS_PORT, "--metrics-port", metricsPort == null ? List.of() : List.of(metricsPort));
        add(flags, Setting.LOG_LEVEL, "--log-level", logLevel == null ? List.of() : List.of(logLevel));
        add(flags, Setting.LOG_PEERS, "--log-peers", isLoggingPeers ? List.of("true") : List.of());
        return flags;
    }

    private static void add(Map<Setting, Given> flags, String text) {
        String[] parts = text.split("=", 2);
        Setting setting = Setting.ofKey(parts[0])
                .filter(known -> parts.length == 2)
                .orElseThrow(() -> new ApiException(new ApiError.BadArgument(
                        "--set " + text + ": expected KEY=VALUE, with a key of the configuration file")));
        flags.put(setting, new Given(Setting.words(setting, parts[1]), "--set"));
    }

    private static void add(Map<Setting, Given> flags, Setting setting, String flag, List<String> texts) {
        if (!texts.isEmpty()) {
            flags.put(setting, new Given(texts, flag));
        }
    }
}
