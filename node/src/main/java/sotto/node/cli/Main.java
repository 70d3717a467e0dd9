package sotto.node.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import sotto.libp2p.runtime.EventLoopThread;
import sotto.node.core.Node;

/** Where the program begins: one run of {@link Start} with what this process has around it. */
public final class Main {
    /** Set by the launcher, which can tell: whether stdin and stderr are terminals. */
    private static final String IS_INTERACTIVE = "sotto.interactive";

    private static final Duration VAULT_PATIENCE = Duration.ofSeconds(10);

    private Main() {}

    public static void main(String[] arguments) {
        Shutdown shutdown = new Shutdown();
        shutdown.install();
        Environment environment = new Environment(
                System.getenv(),
                System.in,
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                Boolean.getBoolean(IS_INTERACTIVE),
                new TerminalPrompt(),
                Node::start,
                () -> new EventLoopThread("sotto-cli"),
                VAULT_PATIENCE,
                shutdown::listen);
        int exitCode = Start.run(environment, arguments);
        shutdown.finish(exitCode);
        System.exit(exitCode);
    }

    /** UTF-8 whatever the locale says; each line is flushed by whoever writes it. */
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }
}
