package sotto.node.wire;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.random.RandomGenerator;
import sotto.libp2p.bytes.Bytes;

/** Gives exactly the bytes it was told to, in the sizes in which they are asked for; anything else is a failure of the test. */
public final class ScriptedRandom implements RandomGenerator {
    private final Queue<Bytes> script;

    public ScriptedRandom(Bytes... script) {
        this.script = new ArrayDeque<>(List.of(script));
    }

    @Override
    public void nextBytes(byte[] bytes) {
        Bytes next = script.remove();
        if (next.size() != bytes.length) {
            throw new AssertionError("asked for " + bytes.length + " random bytes, scripted " + next.size());
        }
        next.copyTo(bytes, 0);
    }

    @Override
    public long nextLong() {
        throw new AssertionError("only bytes are scripted");
    }
}
