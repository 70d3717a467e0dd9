package sotto.node.cli;

import java.util.List;
import picocli.CommandLine.Command;
import sotto.node.api.Invitation;

@Command(
        name = "list",
        sortOptions = false,
        description = "List your invitations: label, state, uses left, end, code.",
        footer = {"", "Examples:", "  sotto invite list", "  sotto invite list --json"})
final class InviteListCommand implements Runnable {
    private final Program program;

    InviteListCommand(Program program) {
        this.program = program;
    }

    @Override
    public void run() {
        try (Access access = program.nodes().attachOrOpen()) {
            List<Invitation> invitations = Waiting.result(access.messenger().invitations());
            if (program.flags().isJson()) {
                invitations.forEach(invitation -> program.output().json(JsonViews.invitation(invitation)));
            } else {
                invitations.forEach(this::print);
            }
        }
    }

    private void print(Invitation invitation) {
        program.output()
                .line("%s  %s  %d of %d uses left  until %s  %s"
                        .formatted(
                                invitation.label(),
                                JsonViews.word(invitation.state()),
                                invitation.usesLeft(),
                                invitation.uses(),
                                Times.minute(invitation.expiresAt()),
                                invitation.code()));
    }
}
