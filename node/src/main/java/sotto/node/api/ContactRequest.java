package sotto.node.api;

/**
 * A wish to become somebody's contact.
 *
 * @param code the invitation code, grouped or not, with or without prefix and hints
 * @param localName what to call the contact here; empty for the name it announces
 * @param message a first message of at most 1,000 bytes of UTF-8, or empty
 */
public record ContactRequest(String code, String localName, String message) {}
