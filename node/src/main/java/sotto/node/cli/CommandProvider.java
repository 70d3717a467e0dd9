package sotto.node.cli;

import java.util.List;

/**
 * Commands that another module adds to the program, found through {@link java.util.ServiceLoader}. Each is an object annotated
 * for picocli ({@code @Command} with name, description and examples in its footer) that does its work in {@code run} and says by
 * an {@link sotto.node.api.ApiException} that it could not. The command named {@code ui} is run where no command is given.
 */
public interface CommandProvider {
    /** Fresh commands for one run of the program. They are made at every start, so making them must cost nothing. */
    List<Runnable> commands(Program program);

    /** Loads the classes that the first moments of these commands need, so that they are part of the class-data archive. */
    default void warmUp() {}
}
