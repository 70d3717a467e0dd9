package sotto.node.cli;

import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import sotto.node.api.Invitation;
import sotto.node.api.InvitationTerms;

@Command(
        name = "invite",
        sortOptions = false,
        description =
                "Make an invitation and print its code. Whoever uses the code becomes your contact, so give it to one"
                        + " person, by a way that others do not read.",
        footer = {
            "",
            "Examples:",
            "  sotto invite",
            "  sotto invite --label bob --expires 2d",
            "  sotto invite --label team --uses 5",
            "  sotto invite list",
            "  sotto invite revoke bob",
        })
final class InviteCommand implements Runnable {
    private final Program program;

    @Option(names = "--label", paramLabel = "L", description = "What to call it here (default: made up).")
    private String label = "";

    @Option(names = "--uses", paramLabel = "N", description = "How many people may use it (default: 1).")
    private int uses = 1;

    @Option(names = "--expires", paramLabel = "D", description = "How long it can be used: 12h, 7d, 2w (default: 7d).")
    private Duration lifetime = InvitationTerms.DEFAULT_LIFETIME;

    @Option(names = "--no-hints", description = "Leave your addresses out of the code.")
    private boolean isWithoutHints;

    InviteCommand(Program program) {
        this.program = program;
    }

    @Override
    public void run() {
        InvitationTerms terms = Arguments.checked(() -> new InvitationTerms(label, uses, lifetime, !isWithoutHints));
        try (Access access = program.nodes().attachOrServe()) {
            Invitation made = Waiting.result(access.messenger().invite(terms));
            if (program.flags().isJson()) {
                program.output().json(JsonViews.invitation(made));
            } else {
                program.output().line(made.code());
            }
            switch (made.publication()) {
                case PENDING ->
                    program.output()
                            .note(
                                    "no server of the directory has the record yet; your node goes on trying while it runs");
                case LOCAL -> {
                    if (!access.isAttached()) {
                        program.output()
                                .hint("the code works while your node runs: "
                                        + program.invocation().anyNode());
                    }
                }
                case PUBLISHED -> {}
            }
        }
    }
}
