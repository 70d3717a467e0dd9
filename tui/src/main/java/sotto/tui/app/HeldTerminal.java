package sotto.tui.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.locks.ReentrantLock;
import sotto.tui.view.Tty;
import sotto.tui.view.Window;

/**
 * Having the terminal: between {@link #take} and {@link #close} it is raw and shows our screen. It is given back on every way
 * out: leaving, an exception, and the signals TERM, HUP and INT, which end the JVM by way of its shutdown hooks. Thread-safe.
 */
final class HeldTerminal implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HeldTerminal.class.getName());

    /** Two threads may give the terminal back at once: the UI's own, and the JVM's last. */
    private final ReentrantLock owning = new ReentrantLock();

    private final Tty tty;
    private final Window window;
    private final Thread lastAid = new Thread(this::giveBack, "sotto-terminal");
    private boolean isTaken;

    HeldTerminal(Tty tty, Window window) {
        this.tty = tty;
        this.window = window;
    }

    Window window() {
        return window;
    }

    Tty tty() {
        return tty;
    }

    void take() throws IOException {
        Runtime.getRuntime().addShutdownHook(lastAid);
        takeAgain();
    }

    private void takeAgain() throws IOException {
        owning.lock();
        try {
            tty.makeRaw();
            isTaken = true;
            window.open();
        } finally {
            owning.unlock();
        }
    }

    /** Lends the terminal to the shell until it continues this program. */
    void suspend() throws IOException {
        giveBack();
        Tty.stop();
        takeAgain();
    }

    /** Somebody stopped and continued this program from outside: the shell has set the terminal as it likes it. */
    void continued() throws IOException {
        owning.lock();
        try {
            if (isTaken) {
                tty.makeRaw();
            }
        } finally {
            owning.unlock();
        }
    }

    private void giveBack() {
        owning.lock();
        try {
            if (isTaken) {
                isTaken = false;
                window.close();
                tty.restore();
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.log(Level.DEBUG, "the terminal is gone");
        } finally {
            owning.unlock();
        }
    }

    @Override
    public void close() {
        giveBack();
        try {
            Runtime.getRuntime().removeShutdownHook(lastAid);
        } catch (IllegalStateException e) {
            LOG.log(Level.TRACE, "already shutting down");
        }
    }
}
