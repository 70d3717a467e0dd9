package sotto.node.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import sotto.node.api.Passphrase;

/**
 * Asks on the controlling terminal, whatever stdin and stdout are, with the echo off. The echo comes back also if the program is
 * interrupted meanwhile.
 */
final class TerminalPrompt implements PassphrasePrompt {
    private static final Path TERMINAL = Path.of("/dev/tty");

    @Override
    public Optional<Passphrase> ask(String question) {
        try (InputStream in = Files.newInputStream(TERMINAL);
                OutputStream out = Files.newOutputStream(TERMINAL)) {
            return Optional.of(askUnseen(question, in, out));
        } catch (IOException noTerminal) {
            return Optional.empty();
        }
    }

    private static Passphrase askUnseen(String question, InputStream in, OutputStream out) throws IOException {
        Thread restore = new Thread(() -> echo("echo"), "sotto-echo");
        Runtime.getRuntime().addShutdownHook(restore);
        echo("-echo");
        try {
            out.write(question.getBytes(StandardCharsets.UTF_8));
            out.flush();
            return PassphraseLine.read(in);
        } finally {
            echo("echo");
            out.write('\n');
            forget(restore);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The hook runs by now, which is as good.
        }
    }

    /** There is no way to a terminal's modes in Java; {@code stty} is on every POSIX system. */
    private static void echo(String mode) {
        try {
            new ProcessBuilder("stty", mode)
                    .redirectInput(TERMINAL.toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException visible) {
            // Better a visible passphrase than none.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
