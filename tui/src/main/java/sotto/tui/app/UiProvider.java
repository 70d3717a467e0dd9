package sotto.tui.app;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import sotto.node.api.Status;
import sotto.node.cli.CommandProvider;
import sotto.node.cli.Program;
import sotto.tui.model.Signal;
import sotto.tui.model.Step;
import sotto.tui.model.Update;
import sotto.tui.view.KeyDecoder;
import sotto.tui.view.Size;
import sotto.tui.view.Window;

/** Adds the {@code ui} command to the program. */
public final class UiProvider implements CommandProvider {
    private static final byte[] SOME_KEYS = "a\u00e9\u6f22\u001b[A/help\r".getBytes(StandardCharsets.UTF_8);

    @Override
    public List<Runnable> commands(Program program) {
        return List.of(new UiCommand(program));
    }

    /** Paints every first screen on nothing, and types a little. */
    @Override
    public void warmUp() {
        try (Window window = new Window(OutputStream.nullOutputStream(), Size.USUAL, true, ZoneId.systemDefault())) {
            window.open();
            for (Status.Life life : Status.Life.values()) {
                Step step = Update.update(Update.start().state(), new Signal.StatusCame(status(life)));
                window.paint(step.state());
                KeyDecoder decoder = new KeyDecoder();
                for (var key : decoder.feed(SOME_KEYS, SOME_KEYS.length)) {
                    step = Update.update(step.state(), new Signal.Typed(key));
                    window.paint(step.state());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("nowhere does not fail", e);
        }
    }

    private static Status status(Status.Life life) {
        return new Status(life, "", Optional.empty(), List.of(), 0, 0, 0, false, 0, "", 0);
    }
}
