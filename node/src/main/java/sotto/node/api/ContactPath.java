package sotto.node.api;

import java.util.Locale;

/** By which way a contact is reached at present. */
public enum ContactPath {
    LAN,
    DIRECT,
    RELAY,
    MAILBOX,
    OFFLINE;

    /** The word for it in text and JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
