package sotto.node.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import sotto.node.api.Passphrase;

/**
 * Asks on the controlling terminal, whatever stdin and stdout are, with the echo off. The echo comes back also if the program is
 * interrupted meanwhile. Confined to one thread.
 */
final class TerminalPrompt implements PassphrasePrompt {
    private static final Path TERMINAL = Path.of("/dev/tty");

    /** Reading takes what is there, a line or not, and waits for nothing. */
    private static final String GIVING_ALL = "-icanon min 0 time 0";

    private static final String AS_USUAL = "icanon min 1 time 0";

    private final Consumer<String> stty;

    /** How many quiet whiles there are, one within the other; the outermost has the echo. */
    private int depth;

    TerminalPrompt() {
        this(TerminalPrompt::setModes);
    }

    /** @param stty changes modes of the terminal, or leaves them where there is none */
    TerminalPrompt(Consumer<String> stty) {
        this.stty = stty;
    }

    @Override
    public Optional<Passphrase> ask(String question) {
        try (InputStream in = Files.newInputStream(TERMINAL);
                OutputStream out = Files.newOutputStream(TERMINAL)) {
            return Optional.of(askUnseen(question, in, out));
        } catch (IOException noTerminal) {
            return Optional.empty();
        }
    }

    @SuppressWarnings("try") // The quiet is only to be closed.
    private Passphrase askUnseen(String question, InputStream in, OutputStream out) throws IOException {
        try (Quiet unseen = unseen()) {
            out.write(question.getBytes(StandardCharsets.UTF_8));
            out.flush();
            return PassphraseLine.read(in);
        } finally {
            out.write('\n');
        }
    }

    /** What was typed meanwhile was for no question, and the shell would show it: it is forgotten. */
    @Override
    public Quiet quiet() {
        Quiet unseen = unseen();
        return () -> {
            forgetTyped();
            unseen.close();
        };
    }

    private void forgetTyped() {
        stty.accept(GIVING_ALL);
        byte[] typed = new byte[PassphraseLine.BYTES_MAX];
        try (InputStream in = Files.newInputStream(TERMINAL)) {
            while (in.read(typed) > 0) {
                Arrays.fill(typed, (byte) 0);
            }
        } catch (IOException noTerminal) {
            // Then nobody typed.
        } finally {
            stty.accept(AS_USUAL);
        }
    }

    private Quiet unseen() {
        if (depth++ > 0) {
            return () -> depth--;
        }
        Thread restore = new Thread(() -> stty.accept(AS_USUAL + " echo"), "sotto-echo");
        Runtime.getRuntime().addShutdownHook(restore);
        stty.accept("-echo");
        return () -> {
            depth--;
            stty.accept("echo");
            forget(restore);
        };
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The hook runs by now, which is as good.
        }
    }

    /** There is no way to a terminal's modes in Java; {@code stty} is on every POSIX system. */
    private static void setModes(String modes) {
        try {
            List<String> command = new ArrayList<>(List.of("stty"));
            command.addAll(List.of(modes.split(" ", -1)));
            new ProcessBuilder(command)
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
