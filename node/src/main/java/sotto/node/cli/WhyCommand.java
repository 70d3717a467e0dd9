package sotto.node.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import sotto.node.api.Explanation;
import sotto.node.api.Messenger;

@Command(
        name = "why",
        sortOptions = false,
        description = "Say how a contact is reached, what waits for it, and why.",
        footer = {"", "Examples:", "  sotto why bob", "  sotto why bob --json"})
final class WhyCommand implements Runnable {
    private final Program program;

    @Parameters(paramLabel = "CONTACT", description = "A local name or a unique prefix of an id.")
    private String contact = "";

    WhyCommand(Program program) {
        this.program = program;
    }

    @Override
    public void run() {
        try (Access access = program.nodes().attachOrOpen()) {
            Messenger messenger = access.messenger();
            Explanation why = Waiting.result(
                    messenger.why(Arguments.contact(messenger, contact).id()));
            if (program.flags().isJson()) {
                program.output().json(JsonViews.explanation(why));
            } else {
                program.output().line("path     " + why.path().word());
                program.output().line("waiting  " + why.waiting());
                why.reasons().forEach(reason -> program.output().line("- " + reason));
            }
        }
    }
}
