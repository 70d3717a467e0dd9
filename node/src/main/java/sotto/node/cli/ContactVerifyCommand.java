package sotto.node.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.Contact;
import sotto.node.api.Messenger;

@Command(
        name = "verify",
        sortOptions = false,
        description =
                "Show the safety number shared with a contact and mark the contact as verified. Compare the number with"
                        + " what the contact sees, face to face or on the phone, before you say yes. Given a number, it compares for"
                        + " you. Where there is no terminal to ask on, give the number or --yes; with --json the"
                        + " safety number is printed there and nothing marked.",
        footer = {
            "",
            "Examples:",
            "  sotto contact verify bob",
            "  sotto contact verify bob 12345 67890 ...",
            "  sotto contact verify bob --yes",
            "  sotto contact verify bob --undo",
        })
final class ContactVerifyCommand implements Runnable {
    private static final int GROUP_DIGITS = 5;

    private final Program program;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "CONTACT", description = "A local name or a unique prefix of an id.")
    private String contact = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "NUMBER", description = "What the contact reads to you.")
    private List<String> number = new ArrayList<>();

    @Option(names = "--yes", description = "Do not ask: the numbers are the same.")
    private boolean isConfirmed;

    @Option(names = "--undo", description = "Mark the contact as not verified.")
    private boolean isUndone;

    ContactVerifyCommand(Program program) {
        this.program = program;
    }

    @Override
    public void run() {
        try (Access access = program.nodes().attachOrOpen()) {
            Messenger messenger = access.messenger();
            Contact found = Arguments.contact(messenger, contact);
            if (isOnlyShown()) {
                program.output().json(JsonViews.contact(found));
                return;
            }
            if (!isUndone) {
                confirm(found);
            }
            Contact marked = Waiting.result(messenger.markVerified(found.id(), !isUndone));
            if (program.flags().isJson()) {
                program.output().json(JsonViews.contact(marked));
            } else {
                program.output().line(marked.name() + (marked.isVerified() ? " is verified" : " is not verified"));
            }
        }
    }

    /** A script asks for the number first, has somebody compare it, and comes again with the answer. */
    private boolean isOnlyShown() {
        boolean isAnswerGiven = isConfirmed || isUndone || !number.isEmpty();
        return program.flags().isJson() && !program.environment().isInteractive() && !isAnswerGiven;
    }

    /** Throws unless somebody says that the numbers are the same. */
    private void confirm(Contact found) {
        if (!number.isEmpty()) {
            compare(found);
            return;
        }
        program.output().note("The safety number with " + found.name() + ":");
        program.output().note(grouped(found.safetyNumber()));
        if (!isConfirmed) {
            ask(found);
        }
    }

    private void compare(Contact found) {
        String digits = String.join("", number).replaceAll("\\D", "");
        if (!digits.equals(found.safetyNumber())) {
            throw new ApiException(new ApiError.NotAllowed(
                    "the numbers differ: either one was misread, or somebody stands between you"));
        }
    }

    private void ask(Contact found) {
        if (!program.environment().isInteractive()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "there is no terminal to ask on: give the number that the contact reads to you, or --yes if you"
                            + " have compared it");
        }
        program.output().note("Does " + found.name() + " see the same number? Type yes, or anything else to leave it.");
        if (!program.answer().equals("yes")) {
            throw new ApiException(new ApiError.NotAllowed("not marked as verified"));
        }
    }

    static String grouped(String digits) {
        return digits.replaceAll("(.{" + GROUP_DIGITS + "})(?=.)", "$1 ");
    }
}
