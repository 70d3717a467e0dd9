package sotto.bench.network;

import java.util.List;

/**
 * Where a program stands in the network.
 *
 * @param entry the words before a command that bring it there
 * @param address the IPv4 address that it has there
 */
public record Place(List<String> entry, String address) {
    /** This machine, seen by nobody else. */
    public static final Place LOOPBACK = new Place(List.of(), "127.0.0.1");

    public Place {
        entry = List.copyOf(entry);
    }

    /** Some free port of this place. */
    public String listen() {
        return "/ip4/" + address + "/tcp/0";
    }
}
