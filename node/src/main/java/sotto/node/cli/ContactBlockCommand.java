package sotto.node.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import sotto.node.api.Messenger;

@Command(
        name = "block",
        sortOptions = false,
        description = "Hear nothing from a contact and send nothing to it. It is not told.",
        footer = {"", "Examples:", "  sotto contact block bob"})
final class ContactBlockCommand implements Runnable {
    private final Program program;

    @Parameters(paramLabel = "CONTACT", description = "A local name or a unique prefix of an id.")
    private String contact = "";

    ContactBlockCommand(Program program) {
        this.program = program;
    }

    @Override
    public void run() {
        try (Access access = program.nodes().attachOrOpen()) {
            Messenger messenger = access.messenger();
            Waiting.done(
                    messenger.setBlocked(Arguments.contact(messenger, contact).id(), true));
        }
    }
}
