package sotto.node.cli;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.Contact;
import sotto.node.api.ContactRequest;
import sotto.node.api.Event;
import sotto.node.api.Knock;
import sotto.node.api.Messenger;

@Command(
        name = "add",
        sortOptions = false,
        description =
                "Become somebody's contact by a code that they gave you. Waits until it is done, at most 25 seconds; after"
                        + " that the node goes on trying by itself.",
        footer = {
            "",
            "Examples:",
            "  sotto contact add 'sotto:...?via=/ip4/...'",
            "  sotto contact add 'sotto:...' --as bob --message 'hello, it is me'",
        })
final class ContactAddCommand implements Runnable {
    private static final Duration WAIT = Duration.ofSeconds(25);
    private static final String NOBODY = "nobody answered within 25 seconds; the node goes on trying while it runs";

    private final Program program;

    @Parameters(
            paramLabel = "CODE",
            description = "The whole code; quote it, since ? and & mean something to the shell.")
    private String code = "";

    @Option(names = "--as", paramLabel = "NAME", description = "What to call the contact here (default: its own name).")
    private String localName = "";

    @Option(names = "--message", paramLabel = "TEXT", description = "A first message, at most 1,000 bytes.")
    private String message = "";

    @Option(names = "--no-wait", description = "Do not wait for the other side.")
    private boolean isNotWaiting;

    ContactAddCommand(Program program) {
        this.program = program;
    }

    @Override
    public void run() {
        try (Access access =
                isNotWaiting ? program.nodes().attachOrOpen() : program.nodes().attachOrServe()) {
            Messenger messenger = access.messenger();
            long before = Waiting.result(messenger.status()).lastSequence();
            Knock knock = Waiting.result(messenger.addContact(new ContactRequest(code, localName, message)));
            if (isNotWaiting) {
                tellQueued(knock, access);
                return;
            }
            if (!knock.hints().isEmpty()) {
                program.output().note("asking at " + String.join(", ", knock.hints()));
            }
            Event.KnockSettled settled =
                    new FeedWatch(messenger, before).first(event -> settles(event, knock), WAIT, NOBODY);
            tell(settled);
        }
    }

    private static Optional<Event.KnockSettled> settles(Event event, Knock knock) {
        return event instanceof Event.KnockSettled settled && settled.knock().equals(knock.id())
                ? Optional.of(settled)
                : Optional.empty();
    }

    private void tellQueued(Knock knock, Access access) {
        if (program.flags().isJson()) {
            program.output().json(JsonViews.knock(knock));
        } else {
            program.output().line("knock " + knock.id());
        }
        if (!access.isAttached()) {
            program.output()
                    .hint("it is tried while your node runs: "
                            + program.invocation().anyNode());
        }
    }

    private void tell(Event.KnockSettled settled) {
        Contact contact =
                settled.contact().orElseThrow(() -> new ApiException(new ApiError.NotAllowed(settled.reason())));
        if (program.flags().isJson()) {
            program.output().json(JsonViews.contact(contact));
        } else {
            program.output().line(contact.name() + " " + contact.id());
        }
        if (!settled.reason().isEmpty()) {
            program.output().note(settled.reason());
        } else if (!contact.isVerified()) {
            String name = Invocation.quoted(contact.name().toString());
            program.output().hint("make sure that it is who you think: " + program.command("contact verify " + name));
        }
    }
}
