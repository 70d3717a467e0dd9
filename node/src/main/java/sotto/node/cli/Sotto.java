package sotto.node.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;
import sotto.node.api.ApiException;

/** The program: all its commands, and what becomes of their errors. */
@Command(
        name = "sotto",
        synopsisSubcommandLabel = "[COMMAND]",
        sortOptions = false,
        description =
                "A peer-to-peer messenger for people who live in a terminal. Without a command it opens the terminal UI.",
        footer = {
            "",
            "Exit codes: 0 done, 1 failed, 2 usage, 3 wrong passphrase, 4 no such contact or invitation,",
            "5 refused or not allowed, 6 vault damaged or in use, 7 timed out.",
            "",
            "Examples:",
            "  sotto                              open the terminal UI",
            "  sotto init --name Alice            make an account",
            "  sotto invite                       print a code for a friend",
            "  sotto contact add sotto:...        use a friend's code",
            "  sotto send bob 'see you at nine'   write",
            "  sotto demo                         watch two nodes do all that",
        })
final class Sotto implements Runnable {
    private static final String UI = "ui";

    @Mixin
    @SuppressWarnings("UnusedVariable") // Read by picocli.
    private final CommonFlags flags;

    @SuppressWarnings("UnusedVariable") // picocli acts on it.
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show help for a command and end.")
    private boolean isHelpWanted;

    @SuppressWarnings("UnusedVariable") // picocli acts on it.
    @Option(names = "--version", versionHelp = true, description = "Print the version and end.")
    private boolean isVersionWanted;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Sotto(Program program) {
        this.flags = program.flags();
    }

    /** Runs what the program's command line says; returns the number of its {@link ExitCode}. */
    static int run(Program program, String... arguments) {
        Environment environment = program.environment();
        CommandLine line = new CommandLine(new Sotto(program));
        new Commands(program).neededFor(arguments).forEach(line::addSubcommand);
        line.getCommandSpec().version(VersionCommand.line());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.registerConverter(Duration.class, new Durations());
        line.setOut(writer(environment.out()));
        line.setErr(writer(environment.err()));
        line.setUsageHelpWidth(100);
        line.setParameterExceptionHandler((mistake, args) -> onMistake(program, mistake));
        line.setExecutionExceptionHandler((failure, failed, parsed) -> onFailure(program, failure));
        return line.execute(arguments);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    /** No command was given. */
    @Override
    public void run() {
        CommandLine ui = spec.subcommands().get(UI);
        if (ui == null) {
            throw new ParameterException(spec.commandLine(), "say which command");
        }
        ui.<Runnable>getCommand().run();
    }

    private static int onMistake(Program program, ParameterException mistake) {
        String command = mistake.getCommandLine().getCommandSpec().qualifiedName();
        String help = program.invocation().help(command);
        Output output = program.output();
        if (mistake instanceof UnmatchedArgumentException unmatched && isMisspelt(unmatched)) {
            output.error("there is no command '" + unmatched.getUnmatched().get(0) + "'");
            List<String> similar = unmatched.getSuggestions();
            output.hint(similar.isEmpty() ? help : "did you mean: " + program.command(within(command, similar.get(0))));
        } else {
            String message = String.valueOf(mistake.getMessage());
            output.error(message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1));
            output.hint(
                    isUnquoted(mistake) ? "put the text in quotes: " + program.command("send CONTACT 'TEXT'") : help);
        }
        return ExitCode.USAGE.number();
    }

    /** The words of a command in a group, without the program's own name. */
    private static String within(String group, String word) {
        int blank = group.indexOf(' ');
        return blank < 0 ? word : group.substring(blank + 1) + " " + word;
    }

    /** A text of several words that the shell took apart. */
    private static boolean isUnquoted(ParameterException mistake) {
        return mistake instanceof UnmatchedArgumentException unmatched
                && !unmatched.isUnknownOption()
                && mistake.getCommandLine().getCommandName().equals("send");
    }

    /** A word where only the name of a command can stand. */
    private static boolean isMisspelt(UnmatchedArgumentException unmatched) {
        return !unmatched.isUnknownOption()
                && !unmatched.getCommandLine().getSubcommands().isEmpty();
    }

    private static int onFailure(Program program, Exception failure) throws Exception {
        if (!(failure instanceof ApiException refused)) {
            throw failure;
        }
        return Start.refuse(program, refused.error());
    }
}
