package sotto.node.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "revoke",
        sortOptions = false,
        description = "Make an invitation useless. Contacts that came by it stay.",
        footer = {"", "Examples:", "  sotto invite revoke bob"})
final class InviteRevokeCommand implements Runnable {
    private final Program program;

    @Parameters(paramLabel = "LABEL", description = "Which: see sotto invite list.")
    private String label = "";

    InviteRevokeCommand(Program program) {
        this.program = program;
    }

    @Override
    public void run() {
        try (Access access = program.nodes().attachOrOpen()) {
            Waiting.done(access.messenger().revokeInvitation(label));
        }
    }
}
