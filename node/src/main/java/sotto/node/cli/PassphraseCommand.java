package sotto.node.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import sotto.node.api.Passphrase;

@Command(
        name = "passphrase",
        sortOptions = false,
        description = "Change the passphrase, and with it the key that all other keys in the vault hang from.",
        footer = {
            "",
            "Examples:",
            "  sotto passphrase",
            "  sotto passphrase --passphrase-file old.txt --new-passphrase-file new.txt",
        })
final class PassphraseCommand implements Runnable {
    private final Program program;

    @Option(
            names = "--new-passphrase-file",
            paramLabel = "FILE",
            description = "Read the new passphrase from the first line of FILE; - is stdin.")
    private @Nullable String newFile;

    PassphraseCommand(Program program) {
        this.program = program;
    }

    @SuppressWarnings("try") // The quiet is only to be closed.
    @Override
    public void run() {
        try (PassphrasePrompt.Quiet quiet = program.passphrases().quiet(Optional.ofNullable(newFile));
                Passphrase current = program.passphrases().current();
                Access access = program.nodes().attachOrOpen(() -> current)) {
            Waiting.done(access.messenger().checkPassphrase(current));
            try (Passphrase next = program.passphrases().fresh(Optional.ofNullable(newFile))) {
                Waiting.done(access.messenger().changePassphrase(current, next));
            }
        }
    }
}
