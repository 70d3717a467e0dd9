package sotto.node.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.runtime.VirtualLoop;

/** Proves that after an erasure the files hold nothing of what was deleted, for somebody who has them and the passphrase. */
class ErasureTest {
    private static final String MESSAGES = "messages";

    private final LossyDisk disk = new LossyDisk();
    private final VirtualLoop loop = VirtualLoop.seeded(2);
    private Optional<Vault> vault = Optional.empty();

    @BeforeEach
    void makeAVault() throws VaultException {
        vault = Optional.of(TestVaults.on(disk, loop).create(TestVaults.passphrase("right")));
    }

    @Test
    void leavesNothingOfADeletedMessage() throws Exception {
        Bytes key = Bytes.utf8("the-key-of-the-message-to-be-deleted");
        Bytes text = Bytes.utf8("meet me at the old mill at nine, and tell nobody".repeat(5));
        Bytes other = Bytes.utf8("this one stays where it is and is found again".repeat(5));
        write(transaction -> transaction.table(MESSAGES).put(key, text));
        write(transaction -> transaction.table(MESSAGES).put(Bytes.utf8("another"), other));
        assertTrue(xray().shows(text) && xray().shows(key), "the control finds nothing before");

        write(transaction -> transaction.table(MESSAGES).remove(key));
        assertTrue(xray().shows(text), "the control finds nothing in the journal");
        erase();
        assertFalse(xray().shows(text), "the text is still there");
        assertFalse(xray().shows(key), "the key is still there");
        assertTrue(xray().shows(other), "the wrong message is gone");
    }

    @Test
    void leavesNothingOfAMessageThatWasInItsSlot() throws Exception {
        Bytes text = Bytes.utf8("written long ago, checkpointed, and only then deleted".repeat(5));
        write(transaction -> transaction.table(MESSAGES).put(Bytes.utf8("old"), text));
        idle();
        write(transaction -> transaction.table(MESSAGES).remove(Bytes.utf8("old")));
        idle();
        erase();
        assertFalse(xray().shows(text));
    }

    /** Rows of all sizes, in leaves and outside, replaced and removed, over many splits and joins. */
    @Test
    void leavesNothingOfAnyRowThatWentInWhateverWay() throws Exception {
        RandomGenerator random = new SplittableRandom(5);
        List<Bytes> gone = new ArrayList<>();
        List<Bytes> kept = new ArrayList<>();
        for (int row = 0; row < 1_500; row++) {
            Bytes key = Bytes.utf8("key-" + random.nextInt(1_000_000) + "-" + row);
            int sizeBytes = row % 100 == 0 ? 70_000 + random.nextInt(70_000) : 40 + random.nextInt(400);
            Bytes first = marked(random, sizeBytes);
            Bytes second = marked(random, 40 + random.nextInt(400));
            int fate = random.nextInt(3);
            write(transaction -> transaction.table(MESSAGES).put(key, first));
            if (fate > 0) {
                gone.add(first.slice(0, 32));
                write(transaction -> {
                    if (fate == 1) {
                        transaction.table(MESSAGES).remove(key);
                    } else {
                        transaction.table(MESSAGES).put(key, second);
                    }
                });
                (fate == 1 ? gone : kept).add(fate == 1 ? key : second.slice(0, 32));
            }
        }
        erase();
        Xray after = xray();
        assertEquals(Set.of(), after.shown(gone));
        assertEquals(Set.copyOf(kept), after.shown(kept));
    }

    private void write(Consumer<Transaction> transaction) {
        vault.orElseThrow().write(transaction);
        loop.runUntilIdle();
    }

    private void idle() {
        loop.advance(VaultLimits.IDLE_BEFORE_CHECKPOINT.multipliedBy(2));
    }

    private void erase() {
        var erased = vault.orElseThrow().erase().toCompletableFuture();
        loop.runUntilIdle();
        assertTrue(erased.isDone() && !erased.isCompletedExceptionally());
    }

    private Xray xray() throws Exception {
        return Xray.of(disk, "right");
    }

    private static Bytes marked(RandomGenerator random, int sizeBytes) {
        byte[] bytes = new byte[sizeBytes];
        random.nextBytes(bytes);
        return Bytes.owning(bytes);
    }
}
