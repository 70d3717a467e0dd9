package sotto.tui.app;

import java.util.List;
import sotto.node.cli.CommandProvider;
import sotto.node.cli.Program;

/** Adds the {@code ui} command to the program. */
public final class UiProvider implements CommandProvider {
    @Override
    public List<Runnable> commands(Program program) {
        return List.of(new UiCommand(program));
    }
}
