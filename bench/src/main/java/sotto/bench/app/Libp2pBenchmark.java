package sotto.bench.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.Aead;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.runtime.Entropy;
import sotto.libp2p.runtime.MachineClock;

/**
 * Two hosts of ours and two of js-libp2p, each host in a process of its own, under the same load in turns; and the bare cipher.
 * Needs npm, and the network once.
 */
final class Libp2pBenchmark implements Benchmark {
    private static final Path JS = Path.of("bench", "js");
    private static final String ROUNDS = "3";
    private static final String SECONDS = "2";
    private static final int CIPHER_BYTES = 64 * 1024;
    private static final String CIPHER = "cipher";
    private static final String MEMORY = "memory";

    @Override
    public String name() {
        return "libp2p";
    }

    @Override
    public String description() {
        return "our host beside js-libp2p (--rounds 3 --seconds 2 per figure)";
    }

    @Override
    public Outcome run(Map<String, String> options, PrintStream progress) throws Exception {
        int rounds = Integer.parseInt(options.getOrDefault("rounds", ROUNDS));
        String seconds = options.getOrDefault("seconds", SECONDS);
        installJs(progress);
        Figures ours = new Figures();
        Figures theirs = new Figures();
        for (int round = 1; round <= rounds; round++) {
            progress.println("round " + round + " of " + rounds);
            ours.add(CIPHER, cipherMegabytes(Duration.ofSeconds(Long.parseLong(seconds))));
            measure(javaCommand(), Path.of(""), seconds, ours);
            measure(List.of(node(), "load.mjs"), JS, seconds, theirs);
        }
        Libp2pTable table = new Libp2pTable(ours, theirs);
        String section = table.markdown(rounds);
        MarkedPage.putBenchmark(name(), section);
        return new Outcome(true, section);
    }

    private static List<String> javaCommand() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(
                java,
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                HostLoad.class.getName());
    }

    private static String node() {
        Path ours = JS.resolve("node_modules/.bin/node");
        return Files.isExecutable(ours) ? ours.toAbsolutePath().toString() : "node";
    }

    private static void installJs(PrintStream progress) throws IOException, InterruptedException {
        if (Files.isDirectory(JS.resolve("node_modules"))) {
            return;
        }
        progress.println("installing js-libp2p");
        int exit = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
                .directory(JS.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("npm could not install what bench/js/package-lock.json says");
        }
    }

    /** Runs one end that serves and one that loads it, and adds what the latter prints. */
    private static void measure(List<String> command, Path folder, String seconds, Figures figures)
            throws IOException, InterruptedException {
        Process server = start(command, folder, List.of("serve"));
        try (BufferedReader serverSays = server.inputReader()) {
            String address = serverSays.readLine();
            if (address == null) {
                throw new IOException("the serving end did not start");
            }
            Process load = start(command, folder, List.of("load", address, seconds));
            try (BufferedReader figuresSaid = load.inputReader()) {
                figuresSaid.lines().forEach(line -> {
                    String[] words = line.split(" ", -1);
                    figures.add(words[0], Double.parseDouble(words[1]));
                });
            }
            figures.add(MEMORY, residentMebibytes(server.pid()));
            if (load.waitFor() != 0) {
                throw new IOException("the loading end failed");
            }
        } finally {
            server.destroy();
        }
    }

    private static Process start(List<String> command, Path folder, List<String> arguments) throws IOException {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(arguments);
        return new ProcessBuilder(whole)
                .directory(folder.toAbsolutePath().toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** What a process holds of the machine's memory, as Linux tells. */
    private static double residentMebibytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"), StandardCharsets.UTF_8).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** The cipher in use, alone, on one core. */
    private static double cipherMegabytes(Duration span) {
        Crypto crypto = CryptoChoice.fastest();
        byte[] plain = new byte[CIPHER_BYTES];
        byte[] sealed = new byte[CIPHER_BYTES + Crypto.AEAD_TAG_BYTES];
        byte[] nonce = new byte[Crypto.AEAD_NONCE_BYTES];
        byte[] none = Bytes.EMPTY.toArray();
        long messages = 0;
        Duration start = MachineClock.uptime();
        try (SecretBytes key = SecretBytes.random(Crypto.AEAD_KEY_BYTES, Entropy.secure());
                Aead aead = crypto.chaCha20Poly1305(key)) {
            while (MachineClock.uptime().minus(start).compareTo(span) < 0) {
                for (int i = 0; i < Long.BYTES; i++) {
                    nonce[i] = (byte) (messages >>> (8 * i));
                }
                aead.seal(nonce, none, plain, 0, plain.length, sealed, 0);
                messages++;
            }
        }
        return messages
                * CIPHER_BYTES
                / 1e6
                / (MachineClock.uptime().minus(start).toNanos() / 1e9);
    }
}
