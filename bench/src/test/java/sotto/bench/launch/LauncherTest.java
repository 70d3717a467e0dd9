package sotto.bench.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that the launcher starts the program from anywhere, names what is missing, and keeps results apart from the rest. */
class LauncherTest {
    private static final String NAME = "Zo\u00eb";
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    static Path folder;

    private static TrialCheckout checkout;
    private static Process daemon;

    @BeforeAll
    static void startANode() throws Exception {
        checkout = TrialCheckout.built(folder.resolve("checkout"));
        // Made by a shell, because this JVM may not be able to pass the name on.
        String init = "exec \"$0\" \"$@\" --name \"$(printf 'Zo\\303\\253')\"";
        ProcessBuilder shell = checkout.command(
                Path.of("/bin/sh"), "-c", init, checkout.launcher().toString());
        shell.command().addAll(List.of(checkout.onHome("init")));
        shell.environment().put("LC_ALL", "POSIX");
        TrialCheckout.Outcome made = checkout.run(shell);
        assertEquals(0, made.exitCode(), made.stderr());
        daemon = checkout.daemon();
    }

    @AfterAll
    static void endIt() {
        daemon.destroyForcibly();
    }

    @Test
    void printsResultsOnStdoutOnly() throws Exception {
        TrialCheckout.Outcome status = checkout.run(checkout.sotto(checkout.onHome("status", "--json")));
        assertEquals(0, status.exitCode());
        assertEquals("", status.stderr());
        assertEquals(1, status.stdout().lines().count());
        assertTrue(status.stdout().startsWith("{\"name\":\""), status.stdout());
    }

    @Test
    void understandsNamesWhereTheLocaleIsNotUtf8() throws Exception {
        ProcessBuilder status = checkout.sotto(checkout.onHome("status"));
        status.environment().put("LC_ALL", "POSIX");
        assertTrue(checkout.run(status).stdout().startsWith("name         " + NAME + "\n"));
    }

    @Test
    void endsWithTwoOnAnUnknownCommand() throws Exception {
        TrialCheckout.Outcome unknown = checkout.run(checkout.sotto("statu"));
        assertEquals(2, unknown.exitCode());
        assertEquals("", unknown.stdout());
        assertTrue(unknown.stderr().startsWith("sotto: there is no command 'statu'\n"), unknown.stderr());
    }

    @ParameterizedTest
    @ValueSource(strings = {"absolute", "relative"})
    void startsByASymbolicLinkFromAnotherFolder(String kind) throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere-" + kind));
        Path target = kind.equals("absolute") ? checkout.launcher() : elsewhere.relativize(checkout.launcher());
        Path link = Files.createSymbolicLink(elsewhere.resolve("link"), target);
        TrialCheckout.Outcome version =
                checkout.run(checkout.command(link, "version").directory(elsewhere.toFile()));
        assertTrue(version.stdout().startsWith("sotto "), version.stderr());
    }

    @Test
    void endsANodeAndFreesItsHome() throws Exception {
        try {
            daemon.destroy();
            assertTrue(daemon.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "the node does not end");
            assertEquals(0, daemon.exitValue());
        } finally {
            // Whatever became of it: the other tests need one.
            daemon.destroyForcibly().waitFor();
            daemon = checkout.daemon();
        }
    }

    @Test
    void namesAMissingJava() throws Exception {
        ProcessBuilder status = checkout.sotto("status");
        status.environment().remove("JAVA_HOME");
        status.environment().put("PATH", bareTools().toString());
        assertMissing(checkout.run(status), "sotto: there is no Java here\nhint: install a JDK, version 17 or newer\n");
    }

    @Test
    void namesAMissingMaven() throws Exception {
        TrialCheckout unbuilt = TrialCheckout.unbuilt(folder.resolve("unbuilt"));
        ProcessBuilder status = unbuilt.sotto("status");
        status.environment().put("PATH", bareTools().toString());
        assertMissing(
                unbuilt.run(status), "sotto: there is no Maven here\nhint: install Maven, version 3.8.7 or newer\n");
    }

    @Test
    void aBuildLeavesTheOneBeforeAsItWas() throws Exception {
        TrialCheckout rebuilt = TrialCheckout.unbuilt(folder.resolve("rebuilt"));
        build(rebuilt, "first");
        // As after an edit.
        Files.setLastModifiedTime(
                folder.resolve("rebuilt/pom.xml"), FileTime.from(Instant.now().plusSeconds(60)));
        build(rebuilt, "second");
        Path quick = folder.resolve("rebuilt/tui/target/quick");
        List<String> jars = new ArrayList<>();
        try (DirectoryStream<Path> builds = Files.newDirectoryStream(quick, "built-*")) {
            for (Path build : builds) {
                jars.add(Files.readString(build.resolve("a.jar")));
            }
        }
        assertEquals(Set.of("first", "second"), Set.copyOf(jars));
        assertEquals("second", Files.readString(newest(quick).resolve("a.jar")));
    }

    @Test
    void whoMayReadTheCheckoutMayReadWhatIsBuiltInIt() throws Exception {
        TrialCheckout shared = TrialCheckout.unbuilt(folder.resolve("shared"));
        build(shared, "first");
        Path built = newest(folder.resolve("shared/tui/target/quick"));
        Path source = folder.resolve("shared/pom.xml");
        assertEquals(Files.getPosixFilePermissions(source), Files.getPosixFilePermissions(built.resolve("a.jar")));
        assertEquals(
                Files.getPosixFilePermissions(source.getParent()), Files.getPosixFilePermissions(built.getParent()));
    }

    private static Path newest(Path quick) throws IOException {
        return quick.resolve(Files.readString(quick.resolve("newest")).strip());
    }

    /** Has the launcher build with a Maven that makes one jar; there is nothing in it to run. */
    private static void build(TrialCheckout checkout, String content) throws Exception {
        Path programs = Files.createTempDirectory(folder, "maven");
        Path maven = Files.writeString(
                programs.resolve("mvn"),
                "#!/bin/sh\n[ \"$1\" != -v ] || exec echo Apache Maven 3.9.0\n"
                        + "mkdir -p tui/target/quick/dist && printf " + content + " >tui/target/quick/dist/a.jar\n");
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwx------"));
        ProcessBuilder version = checkout.sotto("version");
        version.environment().merge("PATH", programs + ":", (path, first) -> first + path);
        assertEquals(1, checkout.run(version).exitCode());
    }

    private static void assertMissing(TrialCheckout.Outcome outcome, String said) {
        assertEquals(said, outcome.stderr());
        assertEquals("", outcome.stdout());
        assertEquals(1, outcome.exitCode());
    }

    /** A path on which there is what the launcher needs beside Java and Maven. */
    private static Path bareTools() throws IOException {
        Path programs = Files.createTempDirectory(folder, "tools");
        for (String name : List.of("find", "flock", "readlink")) {
            Path program = Files.writeString(programs.resolve(name), "#!/bin/sh\nexec /usr/bin/" + name + " \"$@\"\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        }
        return programs;
    }
}
