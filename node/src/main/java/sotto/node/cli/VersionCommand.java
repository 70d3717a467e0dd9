package sotto.node.cli;

import com.google.gson.JsonObject;
import picocli.CommandLine.Command;
import sotto.node.core.Version;

@Command(
        name = "version",
        sortOptions = false,
        description = "Print the version.",
        footer = {"", "Examples:", "  sotto version", "  sotto version --json"})
final class VersionCommand implements Runnable {
    private final Program program;

    VersionCommand(Program program) {
        this.program = program;
    }

    @Override
    public void run() {
        String java = Runtime.version().toString();
        if (program.flags().isJson()) {
            JsonObject json = new JsonObject();
            json.addProperty("version", Version.NAME);
            json.addProperty("java", java);
            program.output().json(json);
        } else {
            program.output().line(line());
        }
    }

    static String line() {
        return "sotto " + Version.NAME + " (Java " + Runtime.version() + ")";
    }
}
