package sotto.tui.app;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import sotto.node.api.Messenger;
import sotto.node.api.Passphrase;
import sotto.node.api.Status;
import sotto.node.cli.Access;
import sotto.node.cli.Program;
import sotto.node.cli.Waiting;

@Command(
        name = "ui",
        description =
                "Open the terminal UI, on the running node if there is one. This is what sotto does without a command.",
        footer = {"", "Examples:", "  sotto", "  sotto ui --home ~/other", "  NO_COLOR=1 sotto"})
final class UiCommand implements Runnable {
    /** A signal ends the process within five seconds; the rest is left to the JVM. */
    private static final long CLOSING_SECONDS_MAX = 4;

    private final Program program;

    UiCommand(Program program) {
        this.program = program;
    }

    @Override
    public void run() {
        Ui ui = Ui.onThisTerminal(System.getenv().getOrDefault("NO_COLOR", "").isEmpty());
        AtomicBoolean isClosed = new AtomicBoolean();
        try (Access access = program.nodes().attachOrHost()) {
            unlockWithGiven(access.messenger());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(access, isClosed), "sotto-ui-close"));
            ui.run(access.messenger());
            if (!access.isAttached()) {
                sayUnreachable(access.messenger());
            }
        } finally {
            isClosed.set(true);
        }
    }

    /** Who leaves a screen that was the node may think that it goes on. */
    private void sayUnreachable(Messenger messenger) {
        if (Waiting.result(messenger.status()).life() == Status.Life.OPEN) {
            program.output()
                    .note("you cannot be reached now; to run on without the screen: " + program.command("daemon"));
        }
    }

    private void unlockWithGiven(Messenger messenger) {
        if (Waiting.result(messenger.status()).life() != Status.Life.LOCKED) {
            return;
        }
        Optional<Passphrase> given = program.passphrases().given();
        if (given.isPresent()) {
            try (Passphrase passphrase = given.get()) {
                program.nodes().unlock(messenger, passphrase);
            }
        }
    }

    /** A signal ends the JVM while the UI is open: the node is closed first. Does nothing where it is closed already. */
    private static void close(Access access, AtomicBoolean isClosed) {
        if (isClosed.get()) {
            return;
        }
        Thread closing = new Thread(access::close, "sotto-ui-closing");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(TimeUnit.SECONDS.toMillis(CLOSING_SECONDS_MAX));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
