package sotto.node.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import sotto.node.api.Messenger;

@Command(
        name = "remove",
        sortOptions = false,
        description = "Forget a contact with its conversation and keys. It is not told.",
        footer = {"", "Examples:", "  sotto contact remove bob"})
final class ContactRemoveCommand implements Runnable {
    private final Program program;

    @Parameters(paramLabel = "CONTACT", description = "A local name or a unique prefix of an id.")
    private String contact = "";

    ContactRemoveCommand(Program program) {
        this.program = program;
    }

    @Override
    public void run() {
        try (Access access = program.nodes().attachOrOpen()) {
            Messenger messenger = access.messenger();
            Waiting.done(messenger.removeContact(
                    Arguments.contact(messenger, contact).id()));
        }
    }
}
