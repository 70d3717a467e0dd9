package sotto.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import sotto.libp2p.runtime.EventLoopThread;
import sotto.node.api.Messenger;
import sotto.node.api.Passphrase;
import sotto.node.api.Status;

/** Proves how a person is asked for a new passphrase: again where the repetition differs, and unseen until the account is made. */
class NewPassphraseTest {
    private static final Status ABSENT =
            new Status(Status.Life.ABSENT, "", Optional.empty(), List.of(), 0, 0, 0, false, 0, "", 0);

    private final Deque<String> typed = new ArrayDeque<>();
    private final List<String> happened = new ArrayList<>();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private final PassphrasePrompt prompt = new PassphrasePrompt() {
        @Override
        public Optional<Passphrase> ask(String question) {
            happened.add(question);
            return Optional.of(Passphrase.owning(typed.remove().toCharArray()));
        }

        @Override
        public Quiet quiet() {
            happened.add("quiet");
            return () -> happened.add("echo");
        }
    };

    /** A node that makes accounts of nothing. */
    private Messenger node() {
        return (Messenger) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Messenger.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("create")) {
                        happened.add(new String(((Passphrase) arguments[1]).copy()));
                    }
                    return method.getName().equals("close") ? null : CompletableFuture.completedFuture(ABSENT);
                });
    }

    private int init(String... lines) {
        typed.addAll(List.of(lines));
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Environment environment = new Environment(
                Map.of("XDG_DATA_HOME", "/nonexistent"),
                InputStream.nullInputStream(),
                nowhere,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                true,
                prompt,
                config -> node(),
                () -> new EventLoopThread("sotto-cli"),
                Duration.ZERO,
                CompletableFuture::new);
        return Start.run(environment, "init", "--name", "Alice");
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void nothingTypedIsShownUntilTheAccountIsMade() {
        String good = "amber tuba seventeen lentils";
        assertEquals(0, init(good, good));
        assertEquals(List.of("quiet", "New passphrase: ", "The same again: ", good, "echo"), happened);
        assertTrue(said().contains("making your account"), said());
    }

    @Test
    void aRepetitionThatDiffersIsAskedForAgain() {
        String good = "amber tuba seventeen lentils";
        assertEquals(0, init(good, "amber tuba", good, good));
        assertTrue(happened.contains(good) && !happened.contains("amber tuba"), happened.toString());
        assertTrue(said().contains("these two differ"), said());
    }

    @Test
    void whoNeverTypesTheSameTwiceIsLetGo() {
        assertEquals(ExitCode.USAGE.number(), init("a", "b", "c", "d", "e", "f", "g", "g"));
        assertEquals(List.of("g", "g"), List.copyOf(typed), "three times is enough");
        assertTrue(said().contains("the two passphrases differ"), said());
    }

    @Test
    void theEchoIsTakenOnceHoweverManyAskWithin() {
        List<String> modes = new ArrayList<>();
        TerminalPrompt terminal = new TerminalPrompt(modes::add);
        try (PassphrasePrompt.Quiet all = terminal.quiet()) {
            terminal.quiet().close();
            assertTrue(!modes.contains("echo"), "still quiet for " + all);
        }
        terminal.quiet().close();
        modes.removeIf(mode -> !mode.endsWith("echo"));
        assertEquals(List.of("-echo", "echo", "-echo", "echo"), modes);
    }
}
