package sotto.node.cli;

import picocli.CommandLine.Command;
import sotto.node.api.Status;

@Command(
        name = "status",
        description = "What the node is and does right now.",
        footer = {"", "Examples:", "  sotto status", "  sotto status --json"})
final class StatusCommand implements Runnable {
    private final Program program;

    StatusCommand(Program program) {
        this.program = program;
    }

    @Override
    public void run() {
        try (Access access = program.nodes().attachOrOpen()) {
            Status status = Waiting.result(access.messenger().status());
            if (program.flags().isJson()) {
                program.output().json(JsonViews.status(status));
            } else {
                print(status);
            }
        }
    }

    private static String servers(int count) {
        return count == 0 ? "not joined" : count == 1 ? "1 server known" : count + " servers known";
    }

    private void print(Status status) {
        Output output = program.output();
        status.account().ifPresent(account -> {
            output.line("name         " + account.name());
            output.line("account      " + account.id());
        });
        output.line("vault        " + JsonViews.word(status.life()));
        status.listen().forEach(address -> output.line("listen       " + address));
        output.line("connections  " + status.connections());
        output.line("directory    " + servers(status.directoryServers()));
        output.line("outbox       " + status.outbox());
        if (status.isLanOnly()) {
            output.line("lan only     yes; refused elsewhere: " + status.refusedNonLocal());
        }
        output.line("cipher       " + status.cipher());
        output.line("version      " + status.version());
    }
}
