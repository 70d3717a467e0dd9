package sotto.node.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import sotto.node.api.Messenger;

@Command(
        name = "unblock",
        sortOptions = false,
        description = "Hear from a blocked contact again.",
        footer = {"", "Examples:", "  sotto contact unblock bob"})
final class ContactUnblockCommand implements Runnable {
    private final Program program;

    @Parameters(paramLabel = "CONTACT", description = "A local name or a unique prefix of an id.")
    private String contact = "";

    ContactUnblockCommand(Program program) {
        this.program = program;
    }

    @Override
    public void run() {
        try (Access access = program.nodes().attachOrOpen()) {
            Messenger messenger = access.messenger();
            Waiting.done(
                    messenger.setBlocked(Arguments.contact(messenger, contact).id(), false));
        }
    }
}
