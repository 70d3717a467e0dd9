package sotto.tui.app;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Optional;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.Messenger;
import sotto.tui.view.Tty;
import sotto.tui.view.Window;

/**
 * The terminal UI. Made where there is a terminal; {@link #run} takes it, shows the screen that fits the messenger's life, and
 * returns when the person leaves, with the terminal as it was. The messenger stays its caller's.
 */
public final class Ui {
    /** Set by the launcher, which takes the echo away before it starts this: the modes of the terminal as they were. */
    private static final String MODES = "sotto.terminal";

    private final Tty tty;
    private final boolean isColoured;

    private Ui(Tty tty, boolean isColoured) {
        this.tty = tty;
        this.isColoured = isColoured;
    }

    /**
     * The UI on the terminal of this process.
     *
     * @param isColoured false where the person wishes no colours
     * @throws ApiException if there is no terminal; its message says what to use instead
     */
    public static Ui onThisTerminal(boolean isColoured) {
        try {
            Tty tty = Tty.find(Optional.ofNullable(System.getProperty(MODES)))
                    .orElseThrow(() -> failed("the screen needs a terminal, and this is none; without one there are"
                            + " commands, such as sotto daemon, sotto send, sotto history (see sotto --help)"));
            return new Ui(tty, isColoured);
        } catch (IOException e) {
            throw gone(e);
        }
    }

    /**
     * Runs on this thread until the person leaves. Whatever happens, the terminal is given back before this returns or throws.
     *
     * @throws ApiException if the node or the terminal went away
     */
    public void run(Messenger messenger) {
        Optional<ApiError> reason = shown(messenger);
        if (reason.isPresent()) {
            throw new ApiException(reason.get());
        }
    }

    private Optional<ApiError> shown(Messenger messenger) {
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        HeldErrors errors = HeldErrors.hold();
        try (HeldTerminal terminal =
                new HeldTerminal(tty, new Window(out, tty.size(), isColoured, ZoneId.systemDefault()))) {
            terminal.take();
            return new Loop(messenger, terminal, new FileInputStream(FileDescriptor.in)).run();
        } catch (IOException e) {
            throw gone(e);
        } finally {
            errors.release();
        }
    }

    private static ApiException gone(IOException e) {
        return failed("the terminal is gone: " + e.getMessage());
    }

    private static ApiException failed(String why) {
        return new ApiException(new ApiError.Failed(why));
    }
}
