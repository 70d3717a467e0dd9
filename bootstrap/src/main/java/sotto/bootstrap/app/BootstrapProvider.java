package sotto.bootstrap.app;

import java.util.List;
import sotto.node.cli.CommandProvider;
import sotto.node.cli.Program;

/** Adds the {@code bootstrap} command to the program. */
public final class BootstrapProvider implements CommandProvider {
    @Override
    public List<Runnable> commands(Program program) {
        return List.of(new BootstrapCommand(program));
    }
}
