package sotto.tui.app;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import sotto.node.api.Messenger;
import sotto.tui.view.Tty;
import sotto.tui.view.Window;

/**
 * The terminal UI on a messenger. {@link #run} takes the terminal, shows the screen that fits the messenger's life, and returns
 * when the person leaves, with the terminal as it was. The messenger stays its caller's.
 */
public final class Ui {
    private static final String NO_TERMINAL = """
            sotto: this is no terminal, so there is no screen to show
            hint: run it in a terminal, or use commands: sotto daemon, sotto send, sotto history, sotto --help""";

    private static final int DONE = 0;
    private static final int FAILED = 1;

    private Ui() {}

    /**
     * Runs until the person leaves, on this thread.
     *
     * @param environment of the process: {@code NO_COLOR} is looked at
     * @param errors where to say what went wrong, once the terminal is as it was
     * @return the process's exit code
     */
    public static int run(Messenger messenger, Map<String, String> environment, PrintStream errors) {
        try {
            Optional<Tty> tty = Tty.find();
            if (tty.isEmpty()) {
                errors.println(NO_TERMINAL);
                return FAILED;
            }
            return run(messenger, tty.get(), isColoured(environment), errors);
        } catch (IOException e) {
            errors.println("sotto: the terminal is gone: " + e.getMessage());
            return FAILED;
        }
    }

    private static int run(Messenger messenger, Tty tty, boolean isColoured, PrintStream errors) throws IOException {
        String reason;
        try {
            reason = runOn(messenger, tty, isColoured);
        } catch (RuntimeException | Error bug) {
            errors.println("sotto: this is a bug, and the screen had to close");
            bug.printStackTrace(errors);
            return FAILED;
        }
        if (!reason.isEmpty()) {
            errors.println("sotto: " + reason);
            return FAILED;
        }
        return DONE;
    }

    /** With the terminal taken; whatever happens, it is given back before this returns or throws. */
    private static String runOn(Messenger messenger, Tty tty, boolean isColoured) throws IOException {
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        Window window = new Window(out, tty.size(), isColoured, ZoneId.systemDefault());
        try (Session session = new Session(tty, window)) {
            session.take();
            return new Loop(messenger, session, new FileInputStream(FileDescriptor.in)).run();
        }
    }

    /** By the convention of no-color.org: set and not empty. */
    private static boolean isColoured(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty();
    }
}
