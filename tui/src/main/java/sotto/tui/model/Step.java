package sotto.tui.model;

import java.util.ArrayList;
import java.util.List;

/** What follows from a signal: the next state, and what is to be done. */
public record Step(AppState state, List<Effect> effects) {
    public Step {
        effects = List.copyOf(effects);
    }

    /** The same, and one thing more to do. */
    public Step and(Effect effect) {
        List<Effect> more = new ArrayList<>(effects);
        more.add(effect);
        return new Step(state, more);
    }
}
