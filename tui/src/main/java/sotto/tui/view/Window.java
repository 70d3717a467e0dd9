package sotto.tui.view;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.screen.Screen.RefreshType;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneId;
import java.util.concurrent.locks.ReentrantLock;
import sotto.tui.model.AppState;
import sotto.tui.model.Chat;
import sotto.tui.model.Scroll;
import sotto.tui.model.Signal.Settled;
import sotto.tui.view.HistoryPane.Paper;
import sotto.tui.view.HistoryPane.Standing;

/**
 * A terminal's screen, painted from a state. Opened once, closed once; between, it may be closed and opened again to lend the
 * terminal to somebody else. Painting is confined to the UI thread; {@link #close} may be called by any.
 */
public final class Window implements AutoCloseable {
    private static final Settled NOTHING = new Settled(Scroll.NEWEST, false, 0);

    /** Whoever restores the terminal from outside waits for a frame that is on its way, and there is none after it. */
    private final ReentrantLock writing = new ReentrantLock();

    private final FrameScreen screen;
    private final Paper paper;

    /**
     * @param out the terminal
     * @param isColoured false where the person wishes no colours
     */
    public Window(OutputStream out, Size size, boolean isColoured, ZoneId zone) throws IOException {
        this.screen = new FrameScreen(new TtyTerminal(out, lanternas(size)), isColoured);
        this.paper = new Paper(zone, new WrapCache());
    }

    public void open() throws IOException {
        writing.lock();
        try {
            screen.startScreen();
        } finally {
            writing.unlock();
        }
    }

    /** Gives the terminal back as it was; nothing is written after that. */
    @Override
    public void close() throws IOException {
        writing.lock();
        try {
            screen.stopScreen();
        } finally {
            writing.unlock();
        }
    }

    public void resize(Size size) {
        screen.resize(lanternas(size));
    }

    /** The next painting starts from nothing. */
    public void repaint() {
        screen.repaint();
    }

    /** Shows a state; writes only what differs from what is shown. */
    public Settled paint(AppState state) throws IOException {
        screen.clear();
        screen.setCursorPosition(null);
        Area area = Area.of(screen);
        Settled settled = state.match(
                starting -> paint(() -> new FormPage(area).paintStarting()),
                welcome -> paint(() -> new FormPage(area).paint(welcome)),
                locked -> paint(() -> new FormPage(area).paint(locked)),
                chat -> paint(chat, area),
                left -> NOTHING);
        writing.lock();
        try {
            screen.refresh(RefreshType.DELTA);
        } finally {
            writing.unlock();
        }
        return settled;
    }

    private static Settled paint(Runnable page) {
        page.run();
        return NOTHING;
    }

    private Settled paint(Chat chat, Area area) {
        if (chat.panel().isPresent()) {
            int top = new PanelPage(chat.panel().get(), area).paint();
            Scroll scroll = chat.talk().map(t -> t.scroll()).orElse(Scroll.NEWEST);
            return new Settled(scroll, false, top);
        }
        Standing standing = new ChatPage(chat, paper, area).paint();
        return new Settled(standing.scroll(), standing.isNearTop(), 0);
    }

    FrameScreen screen() {
        return screen;
    }

    private static TerminalSize lanternas(Size size) {
        return new TerminalSize(size.columns(), size.rows());
    }
}
