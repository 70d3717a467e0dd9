package sotto.node.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.Contact;
import sotto.node.api.Event;
import sotto.node.api.Message;
import sotto.node.api.MessageId;
import sotto.node.api.MessageState;
import sotto.node.api.Messenger;

@Command(
        name = "send",
        sortOptions = false,
        description =
                "Send a text and print the id of its message, once it is safely stored here. It leaves as soon as the"
                        + " contact can be reached, while a node runs.",
        footer = {
            "",
            "Examples:",
            "  sotto send bob 'see you at nine'",
            "  sotto send bob - < letter.txt",
            "  sotto send bob 'are you there?' --wait delivered --timeout 10",
            "  sotto send bob -- '--dashes in front--'",
        })
final class SendCommand implements Runnable {
    /** One more than the longest text and its line end, so that a longer one is seen to be too long. */
    private static final int STDIN_BYTES_MAX = Messenger.TEXT_BYTES_MAX + 2;

    private final Program program;

    @Parameters(index = "0", paramLabel = "CONTACT", description = "A local name or a unique prefix of an id.")
    private String contact = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "TEXT",
            description = "At most 65,536 bytes; - or nothing reads it from stdin.")
    private String text = "-";

    @Option(names = "--wait", paramLabel = "STATE", description = "Wait until the message is in this state: delivered.")
    private Optional<WaitState> wait = Optional.empty();

    @Option(
            names = "--timeout",
            paramLabel = "S",
            description = "Wait at most this many seconds, then end with 7 (default: 30).")
    private int timeoutSeconds = 30;

    SendCommand(Program program) {
        this.program = program;
    }

    /** What can be waited for. */
    enum WaitState {
        DELIVERED
    }

    @Override
    public void run() {
        String said = text.equals("-") ? fromStdin() : text;
        try (Access access = wait.isPresent()
                ? program.nodes().attachOrServe()
                : program.nodes().attachOrOpen()) {
            Messenger messenger = access.messenger();
            long before = Waiting.result(messenger.status()).lastSequence();
            Contact to = Arguments.contact(messenger, contact, program.output());
            Message queued = Waiting.result(messenger.send(to.id(), said));
            tell(queued);
            if (wait.isPresent()) {
                awaitDelivery(new FeedWatch(messenger, before), queued.id());
            } else if (!access.isAttached()) {
                program.output()
                        .hint("it leaves while your node runs: "
                                + program.invocation().anyNode());
            }
        }
    }

    private void tell(Message queued) {
        if (program.flags().isJson()) {
            program.output().json(JsonViews.message(queued, JsonViews.ME));
        } else {
            program.output().line(queued.id().hex());
        }
    }

    private void awaitDelivery(FeedWatch watch, MessageId id) {
        MessageState end = watch.first(
                event -> endOf(event, id),
                Duration.ofSeconds(timeoutSeconds),
                "not delivered within " + timeoutSeconds + " s; it stays queued");
        if (end instanceof MessageState.Failed failed) {
            throw new ApiException(new ApiError.Failed("not delivered: " + failed.reason()));
        }
    }

    private static Optional<MessageState> endOf(Event event, MessageId id) {
        return event instanceof Event.MessageChanged changed
                        && changed.message().id().equals(id)
                        && !(changed.message().state() instanceof MessageState.Queued)
                ? Optional.of(changed.message().state())
                : Optional.empty();
    }

    private String fromStdin() {
        if (program.flags().passphraseFile().filter("-"::equals).isPresent()) {
            throw new ApiException(new ApiError.BadArgument("stdin holds either the passphrase or the text, not both"));
        }
        try {
            byte[] read = program.environment().in().readNBytes(STDIN_BYTES_MAX);
            boolean hasLineEnd = read.length > 0 && read[read.length - 1] == '\n';
            int sizeBytes = hasLineEnd ? read.length - 1 : read.length;
            // Before it is decoded: what is too long may have been cut inside a character.
            if (sizeBytes > Messenger.TEXT_BYTES_MAX) {
                throw new ApiException(new ApiError.TooLong(sizeBytes, Messenger.TEXT_BYTES_MAX));
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(read, 0, sizeBytes))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw new ApiException(new ApiError.BadArgument("stdin is not UTF-8"));
        } catch (IOException unreadable) {
            throw new ApiException(new ApiError.Failed("cannot read stdin"));
        }
    }
}
