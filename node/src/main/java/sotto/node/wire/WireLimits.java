package sotto.node.wire;

import sotto.node.api.Messenger;

/** Our bounds on what a peer may send, in bytes and counts; a peer that passes one is dropped. The protocol pages repeat them. */
public final class WireLimits {
    /** A display name, in UTF-8. */
    public static final int NAME_BYTES_MAX = 64;

    /** The greeting that travels in a knock, in UTF-8. */
    public static final int GREETING_BYTES_MAX = 1_000;

    /** A message between contacts, in UTF-8. */
    public static final int TEXT_BYTES_MAX = Messenger.TEXT_BYTES_MAX;

    /** Addresses in a record, a knock or a profile. */
    public static final int ADDRESSES_MAX = 10;

    /** One address in its text form. */
    public static final int ADDRESS_BYTES_MAX = 200;

    /** An encoded {@link SessionMessage}, of a known kind or not. */
    public static final int SESSION_MESSAGE_BYTES_MAX = 73_728;

    private WireLimits() {}
}
