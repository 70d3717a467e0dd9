package sotto.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Proves that what a hint says to type reaches the same program and the same home, whatever is in their names. */
class InvocationTest {
    private static final Map<String, String> BY_PATH = Map.of("SOTTO_CALLED", "./sotto");

    @Test
    void theNameIsTheOneThatWasTyped() {
        CommonFlags flags = new CommonFlags(BY_PATH);
        assertEquals("./sotto init", Invocation.of(BY_PATH, flags).command("init"));
        assertEquals("sotto init", Invocation.of(Map.of(), flags).command("init"));
    }

    @Test
    void aHomeIsRepeatedAsItWasGiven() {
        CommonFlags flags = new CommonFlags(BY_PATH);
        flags.fill(PlainLine.read("status", "--home", "./bob").orElseThrow());
        Invocation invocation = Invocation.of(BY_PATH, flags);
        assertEquals("./sotto --home ./bob, or ./sotto --home ./bob daemon", invocation.anyNode());
        assertEquals("./sotto contact add --help", invocation.help("sotto contact add"));
        assertEquals("./sotto --help", invocation.help("sotto"));
    }

    @Test
    void whatAShellWouldTakeApartIsQuoted() {
        Invocation invocation = new Invocation("/opt/my programs/sotto", Optional.of(Path.of("it's $HOME")));
        assertEquals("'/opt/my programs/sotto' --home 'it'\\''s $HOME' daemon", invocation.command("daemon"));
        assertEquals("'~/bob'", Invocation.quoted("~/bob"));
        assertEquals("/home/bob~1", Invocation.quoted("/home/bob~1"));
        assertEquals("''", Invocation.quoted(""));
    }
}
