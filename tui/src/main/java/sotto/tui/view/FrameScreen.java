package sotto.tui.view;

import com.googlecode.lanterna.TerminalPosition;
import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.screen.AbstractScreen;
import java.io.IOException;
import java.util.Objects;

/**
 * Lanterna's two buffers, and our own way from one to the other: only what changed is written, as one frame.
 *
 * <p>Terminals do not agree how wide an emoji or a letter with marks is. Such a cluster is written into blanked cells, and the
 * cursor is placed again behind it; a row that has or had one is rewritten to its end. So whatever a terminal makes of the
 * cluster, nothing beside it moves. Confined to the UI thread.
 */
final class FrameScreen extends AbstractScreen {
    private static final int ELSEWHERE = -1;

    private final TtyTerminal terminal;
    private final boolean isColoured;

    private boolean isStarted;
    private boolean isEverythingDirty = true;
    private TerminalPosition shownCursor;

    /** Where the terminal's cursor is while a frame is written; a column equal to the width means just behind the last cell. */
    private int column;

    private int row;
    private String style = "";
    private boolean isWrapping;

    FrameScreen(TtyTerminal terminal, boolean isColoured) throws IOException {
        super(terminal.getTerminalSize(), Cell.BLANK);
        this.terminal = terminal;
        this.isColoured = isColoured;
        this.shownCursor = TerminalPosition.TOP_LEFT_CORNER;
    }

    @Override
    public void startScreen() throws IOException {
        if (!isStarted) {
            isStarted = true;
            isEverythingDirty = true;
            terminal.enterPrivateMode();
        }
    }

    @Override
    public void stopScreen() throws IOException {
        if (isStarted) {
            isStarted = false;
            terminal.exitPrivateMode();
        }
    }

    /** Takes a new size over; the next frame paints all of it. */
    void resize(TerminalSize size) {
        terminal.resize(size);
        setCursorPosition(null);
        addResizeRequest(size);
        doResizeIfNecessary();
        repaint();
    }

    /** The next frame paints everything. */
    void repaint() {
        isEverythingDirty = true;
    }

    @Override
    public void refresh(RefreshType refreshType) throws IOException {
        if (!isStarted) {
            return;
        }
        boolean isMoved = !Objects.equals(shownCursor, getCursorPosition());
        if (!isEverythingDirty && !isMoved && !isChanged()) {
            return;
        }
        row = ELSEWHERE;
        style = "";
        terminal.beginFrame();
        terminal.setCursorVisible(false);
        if (isEverythingDirty) {
            setStyle(Style.PLAIN);
            terminal.clearScreen();
            getFrontBuffer().setAll(Cell.BLANK);
        }
        for (int y = 0; y < getTerminalSize().getRows(); y++) {
            writeRow(y);
        }
        isEverythingDirty = false;
        getBackBuffer().copyTo(getFrontBuffer());
        setWrapping(false);
        showCursor();
        terminal.endFrame();
    }

    private boolean isChanged() {
        TerminalSize size = getTerminalSize();
        for (int y = 0; y < size.getRows(); y++) {
            for (int x = 0; x < size.getColumns(); x++) {
                if (isDifferent(x, y)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isDifferent(int x, int y) {
        return !getBackCharacter(x, y).equals(getFrontCharacter(x, y));
    }

    private void writeRow(int y) throws IOException {
        int columns = getTerminalSize().getColumns();
        boolean isUncertain = isUncertain(y);
        boolean isWritingOn = isContinuation(y);
        for (int x = 0; x < columns; ) {
            Cell cell = (Cell) getBackCharacter(x, y);
            int width = cell.isDoubleWidth() && x + 1 < columns ? 2 : 1;
            boolean isDirty = isDifferent(x, y) || (width == 2 && isDifferent(x + 1, y));
            if (isDirty || isWritingOn) {
                write(cell, x, y);
                // What stood here may have been half of a wide character, whose other half is gone now.
                isWritingOn = isUncertain || getFrontCharacter(x + width - 1, y).isDoubleWidth();
            }
            x += width;
        }
    }

    /** Whether the row before this one was just written to its end, and its text goes on here. */
    private boolean isContinuation(int y) {
        int columns = getTerminalSize().getColumns();
        return y > 0
                && row == y - 1
                && column == columns
                && ((Cell) getBackCharacter(columns - 1, y - 1)).isContinued();
    }

    private boolean isUncertain(int y) {
        for (int x = 0; x < getTerminalSize().getColumns(); x++) {
            if (!isCertain(getBackCharacter(x, y)) || !isCertain(getFrontCharacter(x, y))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isCertain(TextCharacter character) {
        return character instanceof Cell cell && cell.isCertain();
    }

    private void write(Cell cell, int x, int y) throws IOException {
        int width = cell.isDoubleWidth() ? 2 : 1;
        moveTo(x, y);
        setStyle(cell.style());
        if (!cell.isCertain()) {
            terminal.putString(" ".repeat(width));
            terminal.setCursorPosition(x, y);
        }
        if (cell.isContinued()) {
            // From here to the next character the terminal wraps by itself, so that it selects both rows as one line.
            setWrapping(true);
        }
        terminal.putString(cell.getCharacterString());
        if (!cell.isContinued()) {
            setWrapping(false);
        }
        column = cell.isCertain() ? x + width : ELSEWHERE;
    }

    private void moveTo(int x, int y) throws IOException {
        boolean isThere = (y == row && x == column) || (x == 0 && isContinuation(y));
        if (!isThere) {
            setWrapping(false);
            terminal.setCursorPosition(x, y);
        }
        row = y;
        column = x;
    }

    private void setWrapping(boolean isWanted) throws IOException {
        if (isWrapping != isWanted) {
            terminal.setWrapping(isWanted);
            isWrapping = isWanted;
        }
    }

    private void setStyle(Style wanted) throws IOException {
        String parameters = wanted.parameters(isColoured);
        if (!parameters.equals(style)) {
            terminal.setStyle(parameters);
            style = parameters;
        }
    }

    private void showCursor() throws IOException {
        TerminalPosition cursor = getCursorPosition();
        setStyle(Style.PLAIN);
        if (cursor != null) {
            terminal.setCursorPosition(cursor);
            terminal.setCursorVisible(true);
        }
        shownCursor = cursor;
    }

    @Override
    public KeyStroke readInput() {
        return terminal.readInput();
    }

    @Override
    public KeyStroke pollInput() {
        return terminal.pollInput();
    }
}
