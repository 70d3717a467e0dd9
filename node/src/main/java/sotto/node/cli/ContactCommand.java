package sotto.node.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "contact",
        sortOptions = false,
        description =
                "Add, list, verify, rename, block and remove contacts. CONTACT is a local name, or a prefix of an id that"
                        + " no other contact's begins with.",
        footer = {
            "",
            "Examples:",
            "  sotto contact add 'sotto:...' --as bob",
            "  sotto contact list",
            "  sotto contact verify bob",
        })
final class ContactCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to do: " + String.join(", ", spec.subcommands().keySet()));
    }
}
