package sotto.node.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import sotto.libp2p.runtime.EventLoopThread;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;

/** Where the program begins: one run of {@link Sotto} with what this process has around it. */
public final class Main {
    private static final Duration VAULT_PATIENCE = Duration.ofSeconds(10);

    private Main() {}

    public static void main(String[] arguments) {
        Environment environment = new Environment(
                System.getenv(),
                System.in,
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                Boolean.getBoolean("sotto.interactive"),
                question -> Optional.empty(),
                config -> {
                    throw new ApiException(new ApiError.Failed("this build has no node"));
                },
                () -> new EventLoopThread("sotto-cli"),
                VAULT_PATIENCE,
                new CompletableFuture<>());
        System.exit(Sotto.run(environment, arguments));
    }

    /** UTF-8 whatever the locale says; each line is flushed by whoever writes it. */
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }
}
