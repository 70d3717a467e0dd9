package sotto.tui.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sotto.libp2p.runtime.Require;

/** Proves that two people at two terminals get from nothing to a chat, and find it again; and that the terminal is theirs again. */
final class TwoPeopleTest {
    private static final Pattern CODE = Pattern.compile("sotto:\\S{64}\\S*");
    private static final String LISTEN = "--listen /ip4/127.0.0.1/tcp/0";
    private static final String PASSPHRASE = "four random words here";

    /** Short, because a socket's path must fit into 108 bytes. */
    @TempDir
    private Path folder;

    @BeforeEach
    void needsTmux() {
        Require.tool("tmux");
        Require.tool("stty");
    }

    private Terminal person(String name, int columns, int rows) throws IOException, InterruptedException {
        Terminal terminal = Terminal.open(folder.resolve(name), columns, rows);
        terminal.startScreen("--home", folder.resolve(name).resolve("home").toString(), LISTEN);
        return terminal;
    }

    private void introduce(Terminal terminal, String name) throws IOException, InterruptedException {
        terminal.see("Welcome to Sotto");
        terminal.enter(name);
        terminal.enter(PASSPHRASE);
        terminal.see("good");
        terminal.enter(PASSPHRASE);
        terminal.see("/invite");
    }

    @ParameterizedTest
    @CsvSource({"80,24", "40,12", "200,60"})
    void getFromNothingToAChatAndFindItAgain(int columns, int rows) throws IOException, InterruptedException {
        try (Terminal alice = person("a", columns, rows);
                Terminal bob = person("b", columns, rows)) {
            introduce(alice, "Alice");
            introduce(bob, "Bob");

            alice.enter("/invite");
            // The row at the bottom is painted last: by then the code is whole.
            Matcher code = CODE.matcher(
                    alice.see("Invitation", screen -> CODE.matcher(screen).find() && screen.contains("Esc: back")));
            assertTrue(code.find());
            alice.press("Enter");
            bob.type("/add ");
            bob.paste(code.group());
            bob.press("Enter");
            bob.see("Alice  ");
            alice.see("Bob  ");

            bob.enter("The meeting is at noon \ud83d\ude00");
            alice.see("The meeting is at noon");
            bob.see("\u2713");
            alice.paste("Two lines,\nthen \u6f22\u5b57");
            alice.press("Enter");
            bob.see("\u6f22\u5b57");

            for (Terminal person : new Terminal[] {alice, bob}) {
                person.enter("/quit");
                person.seeTheEnd(0);
                String said = person.errors();
                assertTrue(said.contains("cannot be reached now") && said.contains("/home daemon"), said);
            }
            for (Terminal person : new Terminal[] {alice, bob}) {
                String home = folder.resolve(person == alice ? "a" : "b")
                        .resolve("home")
                        .toString();
                person.startScreen("--home", home, LISTEN);
                person.see("locked");
                person.enter("not this one");
                person.see("Wrong passphrase");
                person.enter(PASSPHRASE);
                person.see(
                        "both messages",
                        screen -> screen.contains("The meeting is at noon") && screen.contains("\u6f22\u5b57"));
                person.press("C-c");
                person.seeTheEnd(0);
            }
        }
    }

    @Test
    void controlCLeavesTheFirstRunScreenAndNothingBehind() throws IOException, InterruptedException {
        try (Terminal terminal = person("a", 80, 24)) {
            terminal.see("Welcome to Sotto");
            terminal.type("Ali");
            terminal.see("Ali");
            terminal.press("C-c");
            terminal.seeTheEnd(0);
            assertEquals("", terminal.errors());
        }
    }

    @Test
    void aScreenWhoseNodeGoesAwaySaysWhatToDo() throws IOException, InterruptedException {
        try (Terminal owner = person("a", 80, 24);
                Terminal guest = Terminal.open(folder.resolve("guest"), 80, 24)) {
            introduce(owner, "Alice");
            guest.startScreen("--home", folder.resolve("a").resolve("home").toString());
            guest.see("Nobody here yet");
            owner.press("C-c");
            owner.seeTheEnd(0);
            guest.seeTheEnd(1);
            String said = guest.errors();
            assertTrue(said.contains("the node went away") && said.contains("/a/home daemon"), said);
        }
    }

    @Test
    void aCodeThatNobodyAnswersIsShownAsWaitingAfterARestartToo() throws IOException, InterruptedException {
        try (Terminal alice = person("a", 80, 24);
                Terminal bob = person("b", 40, 12)) {
            introduce(alice, "Alice");
            introduce(bob, "Bob");
            alice.enter("/invite");
            Matcher made = CODE.matcher(
                    alice.see("Invitation", screen -> CODE.matcher(screen).find()));
            assertTrue(made.find());
            alice.press("Enter");
            alice.enter("/quit");
            alice.seeTheEnd(0);

            bob.enter("/add " + made.group());
            bob.see("is not answered");
            bob.see("1 code waits");
            bob.enter("/quit");
            bob.seeTheEnd(0);
            bob.startScreen("--home", folder.resolve("b").resolve("home").toString(), LISTEN);
            bob.see("locked");
            bob.enter(PASSPHRASE);
            bob.see("1 code waits");
            bob.enter("/requests");
            bob.see("Requests");
            bob.press("Escape");
            bob.see("1 code waits");
            bob.press("C-c");
            bob.seeTheEnd(0);
        }
    }

    @Test
    void aPassphraseThatIsRepeatedWronglyIsAskedForAgain() throws IOException, InterruptedException {
        try (Terminal terminal = Terminal.open(folder.resolve("a"), 80, 24)) {
            terminal.start(
                    "init",
                    "--name",
                    "Alice",
                    "--home",
                    folder.resolve("a").resolve("home").toString());
            terminal.see("New passphrase: ");
            for (String typed : new String[] {PASSPHRASE, "not the same", PASSPHRASE, PASSPHRASE}) {
                terminal.enter(typed);
            }
            terminal.seeTheEnd(0);
            String screen = terminal.screen();
            assertTrue(screen.contains("account ") && !screen.contains(PASSPHRASE), screen);
            assertTrue(terminal.errors().contains("differ"), terminal.errors());
        }
    }

    @Test
    void aTerminalThatChangesItsSizeIsFollowed() throws IOException, InterruptedException {
        try (Terminal terminal = person("a", 80, 24)) {
            introduce(terminal, "Alice");
            for (int[] size : new int[][] {{40, 12}, {20, 5}, {200, 60}, {100, 30}}) {
                terminal.resize(size[0], size[1]);
                terminal.see("the bar at the bottom of " + Arrays.toString(size), screen -> {
                    String[] rows = screen.split("\n", -1);
                    return rows.length > size[1] - 1
                            && rows[size[1] - 1].stripTrailing().endsWith("/help");
                });
            }
            terminal.press("C-c");
            terminal.seeTheEnd(0);
        }
    }

    @ParameterizedTest
    @CsvSource({"TERM,143", "HUP,129", "INT,130"})
    void aSignalGivesTheTerminalBack(String signal, int exitCode) throws IOException, InterruptedException {
        try (Terminal terminal = person("a", 80, 24)) {
            introduce(terminal, "Alice");
            long pid = ProcessHandle.allProcesses()
                    .filter(process -> Arrays.asList(process.info().arguments().orElse(new String[0]))
                            .contains(folder.resolve("a").resolve("home").toString()))
                    .findFirst()
                    .orElseThrow()
                    .pid();
            new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
            terminal.seeTheEnd(exitCode);
        }
    }

    @Test
    void controlZLendsTheTerminalToTheShell() throws IOException, InterruptedException {
        int stopped = 148;
        try (Terminal terminal = person("a", 80, 24)) {
            terminal.see("Welcome to Sotto");
            terminal.press("C-z");
            terminal.seeTheEnd(stopped);
            terminal.resume();
            introduce(terminal, "Alice");
            terminal.type("kept");
            terminal.see("kept");
            terminal.press("C-z");
            terminal.seeTheEnd(stopped);
            terminal.resume();
            terminal.see("kept");
            // What was typed goes first; only then does the same key leave.
            terminal.press("C-c");
            terminal.type("still here");
            terminal.see("› still here");
            terminal.press("C-c");
            terminal.press("C-c");
            terminal.seeTheEnd(0);
        }
    }

    @Test
    void withoutATerminalSaysWhatToUse() throws IOException, InterruptedException {
        try (Terminal terminal = Terminal.open(folder.resolve("a"), 80, 24)) {
            terminal.start("ui", "--home", folder.resolve("a").resolve("home").toString(), "< /dev/null");
            terminal.seeTheEnd(1);
        }
        String errors = Files.readString(folder.resolve("a").resolve("errors"));
        assertTrue(errors.contains("needs a terminal") && errors.contains("sotto daemon"), errors);
        assertTrue(Files.notExists(folder.resolve("a").resolve("home")));
    }
}
