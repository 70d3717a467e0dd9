package sotto.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import sotto.libp2p.runtime.EventLoopThread;
import sotto.node.core.Node;

/** Proves that {@code docs/manual.md} tells of every command and every flag there is, and of no flag that there is not. */
class ManualTest {
    private static final Pattern FLAG = Pattern.compile("--[a-z][a-z-]*");
    private static final Pattern HELP_EXAMPLES = Pattern.compile("(?s).*Examples:\\s+sotto .*");

    private final Program program = new Program(new Environment(
            Map.of(),
            InputStream.nullInputStream(),
            new PrintStream(PrintStream.nullOutputStream()),
            new PrintStream(PrintStream.nullOutputStream()),
            false,
            question -> Optional.empty(),
            Node::start,
            () -> new EventLoopThread("sotto-cli"),
            Duration.ZERO,
            CompletableFuture::new));

    /** Every command that people see, groups and what is in them. */
    private List<CommandSpec> commands() {
        List<CommandSpec> commands = new ArrayList<>();
        CommandLine root = new CommandLine(CommandSpec.create().name("sotto"));
        root.registerConverter(Duration.class, new Durations());
        new Commands(program).neededFor().forEach(root::addSubcommand);
        collect(root, commands);
        return commands;
    }

    private static void collect(CommandLine parent, List<CommandSpec> commands) {
        parent.getSubcommands().values().stream()
                .filter(child -> !child.getCommandSpec().usageMessage().hidden())
                .forEach(child -> {
                    commands.add(child.getCommandSpec());
                    collect(child, commands);
                });
    }

    /** As it is typed, without the program's own name. */
    private static String words(CommandSpec command) {
        return command.qualifiedName().substring("sotto ".length());
    }

    private static Set<String> flags(CommandSpec command) {
        return command.options().stream().map(OptionSpec::longestName).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> page() throws Exception {
        return Files.readAllLines(Path.of("../docs/manual.md"));
    }

    /** The rows of the manual's table in which a command stands by itself. */
    private static String told(CommandSpec command) throws Exception {
        Pattern itself = Pattern.compile("\\| .*`" + Pattern.quote(words(command)) + "[` ].*");
        return page().stream()
                .filter(row -> itself.matcher(row.split(" \\| ", 2)[0]).matches())
                .collect(Collectors.joining("\n"));
    }

    private static Set<String> flagsIn(String text) {
        return FLAG.matcher(text).results().map(found -> found.group()).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theManualTellsOfEveryCommandWithItsFlagsAndOfNoOthers() throws Exception {
        Set<String> common = flags(CommandSpec.forAnnotatedObject(program.flags()));
        List<String> gaps = new ArrayList<>();
        for (CommandSpec command : commands()) {
            String told = told(command);
            if (told.isEmpty()) {
                gaps.add("no row tells of " + words(command));
                continue;
            }
            Set<String> untold = flags(command);
            untold.removeAll(flagsIn(told));
            untold.forEach(flag -> gaps.add(words(command) + " has " + flag));
        }
        Set<String> all = new TreeSet<>(common);
        commands().forEach(command -> all.addAll(flags(command)));
        Set<String> invented = flagsIn(String.join("\n", page()));
        invented.removeAll(all);
        // The program's own, which no command has.
        invented.removeAll(Set.of("--help", "--version"));
        invented.forEach(flag -> gaps.add("nothing has " + flag));
        common.removeAll(flagsIn(String.join("\n", page())));
        common.forEach(flag -> gaps.add("every command has " + flag));
        assertEquals(List.of(), gaps);
    }

    @Test
    void everyHelpHasExamples() {
        for (CommandSpec command : commands()) {
            String help = command.commandLine().getUsageMessage();
            assertTrue(HELP_EXAMPLES.matcher(help).matches(), help);
        }
    }
}
