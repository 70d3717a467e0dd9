package sotto.node.api;

import java.util.List;

/** Why things with a contact are as they are: its path, how many messages wait, and reasons, most important first. */
public record Explanation(ContactPath path, int waiting, List<String> reasons) {
    public Explanation {
        reasons = List.copyOf(reasons);
    }
}
