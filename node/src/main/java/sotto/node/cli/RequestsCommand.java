package sotto.node.cli;

import java.util.List;
import picocli.CommandLine.Command;
import sotto.node.api.Knock;

@Command(
        name = "requests",
        sortOptions = false,
        description = "List your own requests to become somebody's contact that are still under way.",
        footer = {"", "Examples:", "  sotto requests", "  sotto requests --json"})
final class RequestsCommand implements Runnable {
    private final Program program;

    RequestsCommand(Program program) {
        this.program = program;
    }

    @Override
    public void run() {
        try (Access access = program.nodes().attachOrOpen()) {
            List<Knock> knocks = Waiting.result(access.messenger().knocks());
            if (program.flags().isJson()) {
                knocks.forEach(knock -> program.output().json(JsonViews.knock(knock)));
            } else {
                knocks.forEach(this::print);
            }
        }
    }

    private void print(Knock knock) {
        program.output()
                .line("%s  since %s  until %s  %s"
                        .formatted(
                                knock.id(),
                                Times.minute(knock.since()),
                                Times.minute(knock.expiresAt()),
                                String.join(" ", knock.hints())));
    }
}
