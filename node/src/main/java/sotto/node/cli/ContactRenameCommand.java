package sotto.node.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import sotto.node.api.DisplayName;
import sotto.node.api.Messenger;
import sotto.node.api.SafeText;

@Command(
        name = "rename",
        sortOptions = false,
        description = "Call a contact something else here. It is not told.",
        footer = {"", "Examples:", "  sotto contact rename bob 'Bob from work'"})
final class ContactRenameCommand implements Runnable {
    private final Program program;

    @Parameters(index = "0", paramLabel = "CONTACT", description = "A local name or a unique prefix of an id.")
    private String contact = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "The new name, at most 64 bytes, no other contact's.")
    private String name = "";

    ContactRenameCommand(Program program) {
        this.program = program;
    }

    @Override
    public void run() {
        DisplayName chosen = Arguments.checked(() -> new DisplayName(new SafeText(name.strip())));
        try (Access access = program.nodes().attachOrOpen()) {
            Messenger messenger = access.messenger();
            Waiting.done(messenger.renameContact(
                    Arguments.contact(messenger, contact).id(), chosen));
        }
    }
}
