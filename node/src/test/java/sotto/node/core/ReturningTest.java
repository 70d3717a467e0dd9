package sotto.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.VirtualTime;
import sotto.node.api.AccountId;
import sotto.node.api.Contact;
import sotto.node.api.ContactPath;
import sotto.node.api.ContactRequest;
import sotto.node.api.Conversation;
import sotto.node.api.Invitation;
import sotto.node.api.InvitationTerms;

/** Proves what holds at every moment of two contacts finding each other again. */
class ReturningTest {
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(10);

    /** By then two that were cut are together again. */
    private static final int RETURN_MILLIS = 1_200;

    @Test
    void whoeverIsCutOffOnTheWayComesBackWithoutAReason() {
        World world = new World(3);
        for (int millis = 0; millis < RETURN_MILLIS; millis += 3) {
            world.network.cutAll();
            world.time.advance(Duration.ofMillis(millis));
            world.network.cutAll();
            world.time.advance(LONG_ENOUGH);
            assertNotEquals(ContactPath.OFFLINE, world.bob().path(), "cut after " + millis + " ms");
        }
    }

    @Test
    void whoeverIsBlockedOnTheWayStaysOut() {
        World world = new World(4);
        AccountId bob = world.bob().id();
        for (int millis = 0; millis < RETURN_MILLIS; millis += 3) {
            world.network.cutAll();
            world.time.advance(Duration.ofMillis(millis));
            world.alice.await(world.alice.node().setBlocked(bob, true));
            world.time.advance(Duration.ofSeconds(5));
            assertEquals(ContactPath.OFFLINE, world.bob().path(), "blocked after " + millis + " ms");
            world.alice.await(world.alice.node().setBlocked(bob, false));
            world.time.advance(LONG_ENOUGH);
        }
    }

    @Test
    void whoeverIsRemovedOnTheWayIsGone() {
        for (int millis = 0; millis < RETURN_MILLIS; millis += 10) {
            World world = new World(5);
            world.network.cutAll();
            world.time.advance(Duration.ofMillis(millis));
            var removed = world.alice.node().removeContact(world.bob().id());
            AccountId alice =
                    world.bob.await(world.bob.node().contacts()).get(0).id();
            world.bob.await(world.bob.node().send(alice, "are you there?"));
            world.alice.await(removed);
            world.time.advance(LONG_ENOUGH);
            assertEquals(0, world.alice.await(world.alice.node().status()).outbox(), "removed after " + millis);
            assertEquals(
                    List.<Conversation>of(),
                    world.alice.await(world.alice.node().conversations()));
            Conversation left =
                    world.bob.await(world.bob.node().conversations()).get(0);
            assertEquals("queued", left.newest().orElseThrow().state().word());
        }
    }

    /** Alice and Bob, contacts that are together. */
    private static final class World {
        private final VirtualTime time;
        private final SimNetwork network;
        private final SimNode alice;
        private final SimNode bob;

        World(long seed) {
            time = new VirtualTime(seed);
            network = new SimNetwork(new SplittableRandom(seed));
            Multiaddr home = network.freeAddress();
            Multiaddr away = network.freeAddress();
            alice = new SimNode("Alice", time, network, () -> home);
            bob = new SimNode("Bob", time, network, () -> away);
            alice.create();
            bob.create();
            Invitation invitation = alice.await(
                    alice.node().invite(new InvitationTerms("", 1, InvitationTerms.DEFAULT_LIFETIME, true)));
            bob.await(bob.node().addContact(new ContactRequest(invitation.code(), "", "")));
            time.advance(LONG_ENOUGH);
        }

        /** Bob, as Alice sees him. */
        Contact bob() {
            return alice.await(alice.node().contacts()).get(0);
        }
    }
}
