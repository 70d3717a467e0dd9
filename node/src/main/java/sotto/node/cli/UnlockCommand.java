package sotto.node.cli;

import picocli.CommandLine.Command;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.Messenger;
import sotto.node.api.Passphrase;
import sotto.node.api.Status;

@Command(
        name = "unlock",
        sortOptions = false,
        description = "Open the vault of a node that runs locked.",
        footer = {"", "Examples:", "  sotto unlock", "  sotto unlock --passphrase-file secret.txt"})
final class UnlockCommand implements Runnable {
    private final Program program;

    UnlockCommand(Program program) {
        this.program = program;
    }

    @Override
    public void run() {
        try (Access access = program.nodes().attached().orElseThrow(this::nobody);
                Passphrase passphrase = program.passphrases().current()) {
            Messenger messenger = access.messenger();
            if (Waiting.result(messenger.status()).life() == Status.Life.OPEN) {
                Waiting.done(messenger.checkPassphrase(passphrase));
            } else {
                program.nodes().unlock(messenger, passphrase);
            }
        }
    }

    private ApiException nobody() {
        String how = "no node runs in this home; start one with: "
                + program.invocation().anyNode();
        return new ApiException(new ApiError.Failed(how));
    }
}
