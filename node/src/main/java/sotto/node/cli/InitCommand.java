package sotto.node.cli;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.DisplayName;
import sotto.node.api.Messenger;
import sotto.node.api.Passphrase;
import sotto.node.api.SafeText;
import sotto.node.api.Status;

@Command(
        name = "init",
        sortOptions = false,
        description =
                "Make an account and its vault. The passphrase cannot be recovered: without it the vault stays closed.",
        footer = {
            "",
            "Examples:",
            "  sotto init --name Alice",
            "  sotto init --name Alice --passphrase-file secret.txt --home /srv/sotto",
        })
final class InitCommand implements Runnable {
    private final Program program;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            required = true,
            description = "What your contacts see, at most 64 bytes.")
    private String name = "";

    InitCommand(Program program) {
        this.program = program;
    }

    @Override
    public void run() {
        DisplayName chosen = Arguments.checked(() -> new DisplayName(new SafeText(name.strip())));
        try (Access access = program.nodes().attached().orElseGet(program.nodes()::offline)) {
            Status made = create(access.messenger(), chosen);
            if (program.flags().isJson()) {
                program.output().json(JsonViews.status(made));
            } else {
                made.account().ifPresent(account -> program.output().line("account " + account.id()));
            }
        }
    }

    @SuppressWarnings("try") // The quiet is only to be closed.
    private Status create(Messenger messenger, DisplayName chosen) {
        if (Waiting.result(messenger.status()).life() != Status.Life.ABSENT) {
            throw new ApiException(new ApiError.NotAllowed("there is an account in this home already"));
        }
        Optional<String> file = program.flags().passphraseFile();
        try (PassphrasePrompt.Quiet quiet = program.passphrases().quiet(file);
                Passphrase passphrase = program.passphrases().fresh(file)) {
            if (program.environment().isInteractive()) {
                // Stretching the passphrase takes its time, by intention.
                program.output().note("making your account...");
            }
            return Waiting.result(messenger.create(chosen, passphrase));
        }
    }
}
