package sotto.tui.view;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.terminal.ansi.ANSITerminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The terminal as a place to write to: everything is gathered and goes out in one write when {@link #flush} is called, as UTF-8
 * whatever the locale. Its size is told to it, never asked of the terminal, and keys are read by {@link Keyboard}.
 *
 * <p>The whole grammar it writes: text, {@code CSI row ; column H}, {@code CSI … m}, {@code CSI 2 J}, and setting and resetting
 * the private modes 7 (wrapping), 25 (cursor), 1049 (other screen), 2004 (marked pastes) and 2026 (frames). Confined to the UI
 * thread.
 */
final class TtyTerminal extends ANSITerminal {
    private static final int FRAME_SIZE_BYTES = 16_384;

    private final OutputStream out;
    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream(FRAME_SIZE_BYTES);
    private TerminalSize size;

    TtyTerminal(OutputStream out, TerminalSize size) {
        super(InputStream.nullInputStream(), out, StandardCharsets.UTF_8);
        this.out = out;
        this.size = size;
    }

    @Override
    public void enterPrivateMode() throws IOException {
        super.enterPrivateMode();
        set(2004, true);
        set(7, false);
        clearScreen();
        flush();
    }

    @Override
    public void exitPrivateMode() throws IOException {
        set(2026, false);
        set(7, true);
        set(2004, false);
        super.exitPrivateMode();
    }

    void beginFrame() throws IOException {
        set(2026, true);
    }

    void endFrame() throws IOException {
        set(2026, false);
        flush();
    }

    /** Lets the next character after the last column go to the next row as one continued line, or stops that. */
    void setWrapping(boolean isWrapping) throws IOException {
        set(7, isWrapping);
    }

    void setStyle(String parameters) throws IOException {
        putString("\u001b[" + parameters + "m");
    }

    private void set(int privateMode, boolean isSet) throws IOException {
        putString("\u001b[?" + privateMode + (isSet ? "h" : "l"));
    }

    @Override
    public void putString(String text) throws IOException {
        writeToTerminal(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected void writeToTerminal(byte... bytes) {
        gathered.writeBytes(bytes);
    }

    @Override
    public void flush() throws IOException {
        if (gathered.size() > 0) {
            out.write(gathered.toByteArray());
            out.flush();
            gathered.reset();
        }
    }

    void resize(TerminalSize newSize) {
        size = newSize;
    }

    @Override
    protected TerminalSize findTerminalSize() {
        return size;
    }

    @Override
    public KeyStroke readInput() {
        throw new IllegalStateException("keys are read by Keyboard");
    }

    @Override
    public KeyStroke pollInput() {
        throw new IllegalStateException("keys are read by Keyboard");
    }
}
