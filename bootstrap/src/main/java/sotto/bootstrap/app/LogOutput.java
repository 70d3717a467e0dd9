package sotto.bootstrap.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Where the log goes: stderr, a line for each entry, without peers unless they are asked for. */
final class LogOutput extends Formatter {
    private static final int SECONDS_CHARACTERS = "2026-01-01T00:00:00".length();

    private final boolean namesPeers;

    LogOutput(boolean namesPeers) {
        this.namesPeers = namesPeers;
    }

    /** From now on all of this process logs so. */
    static void install(BootstrapConfig.Log config) {
        Logger root = Logger.getLogger("");
        for (Handler before : root.getHandlers()) {
            root.removeHandler(before);
        }
        Level level = level(config.level());
        Handler handler = new ConsoleHandler();
        handler.setLevel(level);
        handler.setFormatter(new LogOutput(config.namesPeers()));
        root.addHandler(handler);
        root.setLevel(level);
    }

    @Override
    public String format(LogRecord entry) {
        String text = formatMessage(entry) + thrown(entry);
        String time =
                entry.getInstant().truncatedTo(ChronoUnit.SECONDS).toString().substring(0, SECONDS_CHARACTERS);
        String shown = namesPeers ? text : Redaction.of(text);
        return time + "Z " + name(entry.getLevel()) + " " + shown + "\n";
    }

    /** The whole trace of a bug; of what strangers cause, what it was. */
    private static String thrown(LogRecord entry) {
        Throwable thrown = entry.getThrown();
        if (thrown == null) {
            return "";
        }
        if (entry.getLevel().intValue() < Level.SEVERE.intValue()) {
            return ": " + thrown;
        }
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return "\n" + trace.toString().stripTrailing();
    }

    private static Level level(BootstrapConfig.Level level) {
        return switch (level) {
            case ERROR -> Level.SEVERE;
            case WARNING -> Level.WARNING;
            case INFO -> Level.INFO;
            case DEBUG -> Level.FINE;
        };
    }

    private static String name(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "error";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "warning";
        }
        return level.intValue() >= Level.INFO.intValue() ? "info" : "debug";
    }
}
