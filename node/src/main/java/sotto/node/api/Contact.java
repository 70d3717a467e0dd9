package sotto.node.api;

import java.time.Instant;
import java.util.List;

/**
 * Somebody we can write to.
 *
 * @param name the local name, unique here
 * @param announcedName what the contact calls itself
 * @param invitationLabel the label of the invitation it came by, or empty; never an identity
 * @param lookalikes local names of other contacts that are the same as or confusable with this one's names
 * @param safetyNumber 60 digits, the same on both ends unless somebody stands between
 */
public record Contact(
        AccountId id,
        DisplayName name,
        DisplayName announcedName,
        String invitationLabel,
        boolean isVerified,
        boolean isBlocked,
        ContactPath path,
        List<DisplayName> lookalikes,
        String safetyNumber,
        Instant since) {
    public Contact {
        lookalikes = List.copyOf(lookalikes);
    }

    /** True if one of the contact's names has letters of scripts that are not written together, as who imitates another's name does. */
    public boolean mixesScripts() {
        return name.mixesScripts() || announcedName.mixesScripts();
    }
}
