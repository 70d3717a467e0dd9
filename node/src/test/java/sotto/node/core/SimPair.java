package sotto.node.core;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.VirtualTime;
import sotto.node.api.AccountId;
import sotto.node.api.Contact;
import sotto.node.api.HistoryPage;
import sotto.node.api.Message;

/** Alice and Bob in a simulated world: contacts that are together, each at an address of their own. */
final class SimPair {
    static final Duration LONG_ENOUGH = Duration.ofMinutes(10);

    final VirtualTime time;
    final SimNetwork network;
    final Multiaddr away;
    final SimNode alice;
    final SimNode bob;

    SimPair(long seed) {
        time = new VirtualTime(seed);
        network = new SimNetwork(new SplittableRandom(seed));
        Multiaddr home = network.freeAddress();
        away = network.freeAddress();
        alice = new SimNode("Alice", time, network, () -> home);
        bob = new SimNode("Bob", time, network, () -> away);
        alice.create();
        bob.create();
        bob.join(alice);
    }

    /** The other one, as {@code who} sees them. */
    static Contact contactOf(SimNode who) {
        return who.await(who.node().contacts()).get(0);
    }

    static void write(SimNode who, String text) {
        AccountId to = contactOf(who).id();
        who.await(who.node().send(to, text));
    }

    static List<Message> history(SimNode who) {
        return who.await(who.node().history(contactOf(who).id(), HistoryPage.newest(HistoryPage.LIMIT_MAX)));
    }

    static List<String> texts(SimNode who) {
        return history(who).stream().map(message -> message.text().value()).toList();
    }
}
