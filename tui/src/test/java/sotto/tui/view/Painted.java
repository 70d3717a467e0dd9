package sotto.tui.view;

import com.googlecode.lanterna.TerminalPosition;
import com.googlecode.lanterna.TextCharacter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sotto.tui.model.AppState;
import sotto.tui.model.Signal.Settled;

/** A window whose bytes are kept, and whose cells can be read. */
final class Painted {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final Window window;
    int writes;

    Painted(Size size) throws IOException {
        this(size, true);
    }

    Painted(Size size, boolean isColoured) throws IOException {
        OutputStream counted = new OutputStream() {
            @Override
            public void write(int single) {
                bytes.write(single);
                writes++;
            }

            @Override
            public void write(byte[] chunk, int offset, int length) {
                bytes.write(chunk, offset, length);
                writes++;
            }
        };
        window = new Window(counted, size, isColoured, ZoneOffset.UTC);
        window.open();
    }

    Settled paint(AppState state) throws IOException {
        return window.paint(state);
    }

    /** What was written since the last call. */
    byte[] takeBytes() {
        byte[] taken = bytes.toByteArray();
        bytes.reset();
        writes = 0;
        return taken;
    }

    /** The rows of the screen as text; the second half of a wide character is left out. */
    List<String> rows() {
        FrameScreen screen = window.screen();
        List<String> rows = new ArrayList<>();
        for (int y = 0; y < screen.getTerminalSize().getRows(); y++) {
            StringBuilder row = new StringBuilder();
            for (int x = 0; x < screen.getTerminalSize().getColumns(); x++) {
                TextCharacter cell = screen.getFrontCharacter(x, y);
                row.append(cell.getCharacterString());
                x += cell.isDoubleWidth() ? 1 : 0;
            }
            rows.add(row.toString().stripTrailing());
        }
        return rows;
    }

    String text() {
        return String.join("\n", rows());
    }

    TextCharacter cell(int x, int y) {
        return window.screen().getFrontCharacter(x, y);
    }

    Optional<TerminalPosition> cursor() {
        return Optional.ofNullable(window.screen().getCursorPosition());
    }
}
