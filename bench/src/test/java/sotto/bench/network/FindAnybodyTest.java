package sotto.bench.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves that a code and the address of one bootstrap node are all that people need, and that no bootstrap node is needed for good. */
final class FindAnybodyTest {
    @Test
    void findEachOtherByACodeAndAgainWhenEverythingElseIsNew(@TempDir Path folder) throws Exception {
        try (Person alice = new Person("Alice", folder.resolve("alice"), Place.LOOPBACK);
                Person bob = new Person("Bob", folder.resolve("bob"), Place.LOOPBACK)) {
            alice.init();
            bob.init();
            try (Program.Service first = Program.bootstrap(folder.resolve("first"), Place.LOOPBACK)) {
                alice.arrive(first.address());
                bob.arrive(first.address());
                String code = alice.invite();
                assertTrue(code.matches("sotto:[0-9a-z]{64}"), "a code without hints: " + code);
                bob.add(code);
                alice.tell(bob, "one");
                bob.tell(alice, "two");
                alice.leave();
                bob.leave();
                alice.arrive(first.address());
                bob.arrive(first.address());
                alice.tell(bob, "three");
                bob.tell(alice, "four");
                alice.leave();
                bob.leave();
                first.stop();
            }
            try (Program.Service second = Program.bootstrap(folder.resolve("second"), Place.LOOPBACK)) {
                alice.arrive(second.address());
                bob.arrive(second.address());
                bob.tell(alice, "five");
                alice.tell(bob, "six");
                alice.leave();
                // What a node has once met it remembers.
                alice.arrive();
                alice.tell(bob, "seven");
            }
            assertEquals(List.of("two", "four", "five"), alice.heardFrom(bob));
            assertEquals(List.of("one", "three", "six", "seven"), bob.heardFrom(alice));
        }
    }
}
