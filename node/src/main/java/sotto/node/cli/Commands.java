package sotto.node.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * The commands of the program, ours first, in the order in which help shows them. A run makes only the one that it needs: to
 * look at all of them, and through all jars for those of other modules, would take longer than most commands do.
 */
final class Commands {
    private final Program program;
    private final Map<String, Supplier<Object>> own = new LinkedHashMap<>();

    Commands(Program program) {
        this.program = program;
        own.put("init", () -> new InitCommand(program));
        own.put("invite", this::invite);
        own.put("contact", this::contact);
        own.put("send", () -> new SendCommand(program));
        own.put("history", () -> new HistoryCommand(program));
        own.put("status", () -> new StatusCommand(program));
        own.put("why", () -> new WhyCommand(program));
        own.put("requests", () -> new RequestsCommand(program));
        own.put("events", () -> new EventsCommand(program));
        own.put("daemon", () -> new DaemonCommand(program));
        own.put("unlock", () -> new UnlockCommand(program));
        own.put("passphrase", () -> new PassphraseCommand(program));
        own.put("version", () -> new VersionCommand(program));
        own.put("demo", () -> new DemoCommand(program));
        own.put("warm-up", () -> new WarmUpCommand(program));
    }

    /** What picocli needs to know for this command line: the command it names, or all where it names none of ours. */
    List<Object> neededFor(String... arguments) {
        Optional<Supplier<Object>> named = commandIn(arguments).map(own::get);
        if (named.isPresent()) {
            return List.of(named.get().get());
        }
        List<Object> all = new ArrayList<>();
        own.values().forEach(command -> all.add(command.get()));
        ServiceLoader.load(CommandProvider.class).forEach(provider -> all.addAll(provider.commands(program)));
        return all;
    }

    /** The first word that is neither a flag nor a flag's value. */
    private static Optional<String> commandIn(String... arguments) {
        boolean isValue = false;
        for (String word : arguments) {
            if (!isValue && !word.startsWith("-")) {
                return Optional.of(word);
            }
            isValue = !isValue && CommonFlags.WITH_VALUE.contains(word);
        }
        return Optional.empty();
    }

    private CommandLine invite() {
        return group(new InviteCommand(program), new InviteListCommand(program), new InviteRevokeCommand(program));
    }

    private CommandLine contact() {
        return group(
                new ContactCommand(),
                new ContactAddCommand(program),
                new ContactListCommand(program),
                new ContactVerifyCommand(program),
                new ContactRenameCommand(program),
                new ContactBlocking.Block(program),
                new ContactBlocking.Unblock(program),
                new ContactRemoveCommand(program));
    }

    private static CommandLine group(Runnable parent, Runnable... children) {
        CommandLine group = new CommandLine(parent);
        Stream.of(children).forEach(group::addSubcommand);
        return group;
    }
}
