package sotto.node.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import sotto.node.api.Messenger;

/** {@code contact block} and its opposite. */
abstract sealed class ContactBlocking implements Runnable {
    private final Program program;
    private final boolean isBlocked;

    @Parameters(paramLabel = "CONTACT", description = "A local name or a unique prefix of an id.")
    private String contact = "";

    private ContactBlocking(Program program, boolean isBlocked) {
        this.program = program;
        this.isBlocked = isBlocked;
    }

    @Override
    public void run() {
        try (Access access = program.nodes().attachOrOpen()) {
            Messenger messenger = access.messenger();
            Waiting.done(
                    messenger.setBlocked(Arguments.contact(messenger, contact).id(), isBlocked));
        }
    }

    @Command(
            name = "block",
            sortOptions = false,
            description = "Hear nothing from a contact and send nothing to it. It is not told.",
            footer = {"", "Examples:", "  sotto contact block bob"})
    static final class Block extends ContactBlocking {
        Block(Program program) {
            super(program, true);
        }
    }

    @Command(
            name = "unblock",
            sortOptions = false,
            description = "Hear from a blocked contact again.",
            footer = {"", "Examples:", "  sotto contact unblock bob"})
    static final class Unblock extends ContactBlocking {
        Unblock(Program program) {
            super(program, false);
        }
    }
}
