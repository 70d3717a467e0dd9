package sotto.libp2p.peer;

import sotto.libp2p.bytes.WireException;

/** A libp2p multiaddress, for example {@code /ip4/127.0.0.1/tcp/4001}. Immutable. */
public final class Multiaddr {
    private final String text;

    private Multiaddr(String text) {
        this.text = text;
    }

    /** Parses the text form; an unknown protocol or a malformed value is an error. */
    public static Multiaddr parse(String text) throws WireException {
        if (!text.startsWith("/")) {
            throw new WireException("a multiaddress starts with a slash");
        }
        return new Multiaddr(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Multiaddr address && text.equals(address.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
