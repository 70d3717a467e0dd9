package sotto.node.cli;

import java.util.Optional;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;

/**
 * Where a command line begins: a plain one is run at once, any other by {@link Sotto}. Knows nothing of picocli, because the JVM
 * would load it together with this class.
 */
final class Start {
    private Start() {}

    /** Runs one command line; returns the number of its {@link ExitCode}. */
    static int run(Environment environment, String... arguments) {
        Program program = new Program(environment);
        Optional<PlainLine> line = PlainLine.read(arguments);
        Optional<Runnable> command = line.flatMap(plain -> command(program, plain.command()));
        if (line.isEmpty() || command.isEmpty()) {
            return Sotto.run(program, arguments);
        }
        program.flags().fill(line.get());
        return run(program, command.get());
    }

    /** Says why a command was not done. */
    static int refuse(Program program, ApiError error) {
        program.output().error(error.message());
        Hint.of(error, program.invocation()).ifPresent(program.output()::hint);
        return ExitCode.of(error).number();
    }

    private static int run(Program program, Runnable command) {
        try {
            command.run();
            return ExitCode.DONE.number();
        } catch (ApiException refused) {
            return refuse(program, refused.error());
        } catch (RuntimeException bug) {
            bug.printStackTrace(program.environment().err());
            return ExitCode.FAILED.number();
        }
    }

    /** Those that have no arguments of their own. */
    private static Optional<Runnable> command(Program program, String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "status" -> new StatusCommand(program);
                    case "contact list" -> new ContactListCommand(program);
                    case "requests" -> new RequestsCommand(program);
                    case "daemon" -> new DaemonCommand(program);
                    case "unlock" -> new UnlockCommand(program);
                    case "version" -> new VersionCommand(program);
                    default -> null;
                });
    }
}
