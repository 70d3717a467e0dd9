package sotto.bench.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import sotto.libp2p.runtime.Require;

/** The packages of {@code bench/js}, as its lock file says, and the Node among them. */
final class JsPackages {
    private static final Path FOLDER = Path.of("js").toAbsolutePath();

    private JsPackages() {}

    /** The folder with everything installed; skips the test where that cannot be. */
    static Path installed() {
        Require.tool("npm");
        Path installed = FOLDER.resolve("node_modules/.package-lock.json");
        Path wanted = FOLDER.resolve("package-lock.json");
        try {
            boolean isFresh = Files.exists(installed)
                    && Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(wanted)) >= 0;
            Require.that(isFresh || npmInstalls(), "npm could not install what bench/js/package-lock.json says");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return FOLDER;
    }

    /** The Node that came with the packages, where there is one for this machine, else the one on the path. */
    static Path node() {
        Path ours = FOLDER.resolve("node_modules/.bin/node");
        return Files.isExecutable(ours) ? ours : Path.of("node");
    }

    private static boolean npmInstalls() throws IOException {
        Process npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return npm.waitFor() == 0;
        } catch (InterruptedException interrupted) {
            npm.destroy();
            throw new IOException("interrupted while npm was installing", interrupted);
        }
    }
}
