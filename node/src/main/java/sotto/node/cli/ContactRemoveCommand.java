package sotto.node.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.Contact;
import sotto.node.api.Messenger;

@Command(
        name = "remove",
        sortOptions = false,
        description =
                "Forget a contact with its conversation and keys. It is not told. Asks first where there is a terminal.",
        footer = {"", "Examples:", "  sotto contact remove bob", "  sotto contact remove bob --yes"})
final class ContactRemoveCommand implements Runnable {
    private final Program program;

    @Parameters(paramLabel = "CONTACT", description = "A local name or a unique prefix of an id.")
    private String contact = "";

    @Option(names = "--yes", description = "Do not ask.")
    private boolean isConfirmed;

    ContactRemoveCommand(Program program) {
        this.program = program;
    }

    @Override
    public void run() {
        try (Access access = program.nodes().attachOrOpen()) {
            Messenger messenger = access.messenger();
            Contact found = Arguments.contact(messenger, contact, program.output());
            if (!isConfirmed && program.environment().isInteractive()) {
                ask(found);
            }
            Waiting.done(messenger.removeContact(found.id()));
        }
    }

    private void ask(Contact found) {
        program.output()
                .note("Remove " + found.name() + ", all that was said, and its keys? It cannot be undone. Type yes, or"
                        + " anything else to leave it.");
        if (!program.answer().equals("yes")) {
            throw new ApiException(new ApiError.NotAllowed("not removed"));
        }
    }
}
