package sotto.bench.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import sotto.libp2p.runtime.Require;

/** A bridge in a network namespace of its own, and places on it, each a namespace with a network of its own size /24 and no way out. */
final class Lan implements AutoCloseable {
    private static final String PREFIX = "sotto-" + ProcessHandle.current().pid() + "-";
    private static final String SWITCH = PREFIX + "switch";

    private final List<String> namespaces = new ArrayList<>();

    private Lan() {}

    /** Needs the rights of root and the program {@code ip}. */
    static Lan make() throws IOException, InterruptedException {
        Require.root();
        Require.tool("ip");
        Lan lan = new Lan();
        try {
            lan.addNamespace(SWITCH);
            ip("-n", SWITCH, "link", "add", "lan", "type", "bridge");
            ip("-n", SWITCH, "link", "set", "lan", "up");
            return lan;
        } catch (IOException | InterruptedException | RuntimeException e) {
            lan.close();
            throw e;
        }
    }

    /** One more place; at most 250. */
    Place place() throws IOException, InterruptedException {
        int number = namespaces.size();
        String name = PREFIX + number;
        String address = "10.77." + number + ".1";
        addNamespace(name);
        ip("-n", SWITCH, "link", "add", "to" + number, "type", "veth", "peer", "name", "lan", "netns", name);
        ip("-n", SWITCH, "link", "set", "to" + number, "master", "lan", "up");
        ip("-n", name, "address", "add", address + "/16", "dev", "lan");
        ip("-n", name, "link", "set", "lan", "up");
        ip("-n", name, "link", "set", "lo", "up");
        return new Place(List.of("ip", "netns", "exec", name), address);
    }

    private void addNamespace(String name) throws IOException, InterruptedException {
        ip("netns", "add", name);
        namespaces.add(name);
    }

    private static void ip(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + said);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            for (String namespace : namespaces) {
                ip("netns", "delete", namespace);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
