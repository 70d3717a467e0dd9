package sotto.node.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.Contact;
import sotto.node.api.HistoryPage;
import sotto.node.api.Message;
import sotto.node.api.Messenger;

@Command(
        name = "history",
        sortOptions = false,
        description = "Print a conversation, oldest message first.",
        footer = {"", "Examples:", "  sotto history bob", "  sotto history bob --limit 20", "  sotto history bob --json"
        })
final class HistoryCommand implements Runnable {
    private final Program program;

    @Parameters(paramLabel = "CONTACT", description = "A local name or a unique prefix of an id.")
    private String contact = "";

    @Option(names = "--limit", paramLabel = "N", description = "Only the newest N messages (default: all).")
    private int limit = Integer.MAX_VALUE;

    HistoryCommand(Program program) {
        this.program = program;
    }

    @Override
    public void run() {
        if (limit < 1) {
            throw new ApiException(new ApiError.BadArgument("--limit is at least 1"));
        }
        try (Access access = program.nodes().attachOrOpen()) {
            Messenger messenger = access.messenger();
            Contact found = Arguments.contact(messenger, contact, program.output());
            for (HistoryPage page : pages(messenger, found)) {
                List<Message> messages = Waiting.result(messenger.history(found.id(), page));
                messages.forEach(message -> print(message, found));
            }
        }
    }

    /** Walks back over the conversation and keeps only where its pages begin, so that a long one is never held as a whole. */
    private Deque<HistoryPage> pages(Messenger messenger, Contact found) {
        Deque<HistoryPage> pages = new ArrayDeque<>();
        long before = Long.MAX_VALUE;
        int left = limit;
        while (left > 0) {
            HistoryPage page = new HistoryPage(before, Math.min(left, HistoryPage.LIMIT_SAFE));
            List<Message> messages = Waiting.result(messenger.history(found.id(), page));
            if (messages.isEmpty()) {
                break;
            }
            pages.push(page);
            before = messages.get(0).position();
            left -= messages.size();
        }
        return pages;
    }

    private void print(Message message, Contact found) {
        String from = message.isMine() ? JsonViews.ME : found.name().toString();
        if (program.flags().isJson()) {
            program.output().json(JsonViews.message(message, from));
        } else {
            String state = message.isMine() ? " (" + message.state().word() + ")" : "";
            program.output()
                    .block(Times.minute(message.at()) + "  " + from + state + ": "
                            + message.text().value());
        }
    }
}
