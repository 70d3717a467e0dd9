package sotto.tui.app;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Keeps what libraries and logs print on standard error while the screen is ours, and prints it afterwards: in between it would
 * stand across the messages. Bounded: of much, the beginning is kept. Thread-safe by way of the stream in front of it.
 */
final class HeldErrors extends OutputStream {
    private static final int BYTES_MAX = 64 * 1024;

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();

    private HeldErrors() {}

    static HeldErrors hold() {
        HeldErrors errors = new HeldErrors();
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
        return errors;
    }

    @Override
    public void write(int b) {
        if (held.size() < BYTES_MAX) {
            held.write(b);
        }
    }

    /** From now on standard error is what it was. */
    void release() {
        System.setErr(before);
        before.print(held.toString(StandardCharsets.UTF_8));
        before.flush();
    }
}
