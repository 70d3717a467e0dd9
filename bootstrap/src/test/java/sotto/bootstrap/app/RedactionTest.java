package sotto.bootstrap.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ConnectException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

/** Proves that a log names nobody unless it was told to. */
class RedactionTest {
    private static final List<String> PEERS = List.of(
            "/ip4/203.0.113.7/tcp/4001/p2p/12D3KooWK8L1u6dgCHgUfRpBmHWkUmgoUtc6LF5W9r7LN6oQebNy",
            "/dns4/peer.example.org/tcp/4001",
            "/p2p/QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N",
            "203.0.113.7",
            "203.0.113.7:40321",
            "[2001:db8::7]:4001",
            "2001:db8:0:1:2:3:4:7",
            "2001:db8:0:0:0:0:0:7%eth0",
            "::1",
            "fe80::1%eth0",
            "::ffff:203.0.113.7",
            "12D3KooWK8L1u6dgCHgUfRpBmHWkUmgoUtc6LF5W9r7LN6oQebNy",
            "bafzaajaiaejcbzdibmxyzdjbbehgvizh6g5tikvzzb6cnrbu7opxkl5o3mhfdvhs");

    @Test
    void takesOutWhateverNamesAPeer() {
        for (String peer : PEERS) {
            assertEquals("failed: [peer] (refused)", Redaction.of("failed: " + peer + " (refused)"), peer);
        }
    }

    @Test
    void leavesOtherWordsAlone() {
        String line = "serving; the transport's cipher is by Conscrypt 2.9.0, 12 of 6000 connections, 3 ms: fine";
        assertEquals(line, Redaction.of(line));
    }

    @Test
    void redactsWhatAnExceptionSaysToo() {
        for (Level level : List.of(Level.WARNING, Level.SEVERE)) {
            LogRecord entry = new LogRecord(level, "cannot connect to {0}");
            entry.setParameters(new Object[] {"203.0.113.7"});
            entry.setThrown(new ConnectException("Connection refused: /203.0.113.7:4001"));
            String quiet = new LogOutput(false).format(entry);
            assertTrue(quiet.contains("cannot connect to [peer]"), quiet);
            assertTrue(quiet.contains("Connection refused"), quiet);
            assertTrue(!quiet.contains("203.0.113.7"), quiet);
            assertTrue(new LogOutput(true).format(entry).contains("/203.0.113.7:4001"));
        }
    }

    @Test
    void beginsEachEntryWithItsTimeAndWeight() {
        LogRecord entry = new LogRecord(Level.INFO, "serving");
        entry.setInstant(java.time.Instant.parse("2026-03-01T12:34:56.789Z"));
        assertEquals("2026-03-01T12:34:56Z info serving\n", new LogOutput(false).format(entry));
    }
}
