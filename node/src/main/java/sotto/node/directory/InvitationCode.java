package sotto.node.directory;

import java.util.List;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.peer.Multiaddr;
import sotto.node.wire.Addresses;
import sotto.node.wire.AskToken;
import sotto.node.wire.Locator;

/**
 * What is given to whom we invite: where the record lies, the secret that opens it, and up to three addresses to ask first.
 * Its text is {@code sotto:}, 64 symbols of base32 with a checksum, and hints ({@code docs/protocol/invitation.md}). Printing
 * the record shows no secret; only {@link #text()} does.
 */
public record InvitationCode(Locator locator, InvitationSecret secret, List<Multiaddr> hints) {
    public static final int HINTS_MAX = 3;

    public InvitationCode {
        hints = List.copyOf(hints);
        if (hints.size() > HINTS_MAX || !hints.stream().allMatch(Addresses::fits)) {
            throw new IllegalArgumentException("a code carries at most 3 hints of at most 200 bytes");
        }
    }

    /** What the inviter is asked for the record by. */
    public AskToken askToken(Crypto crypto) {
        return secret.askToken(crypto, locator);
    }

    /** The code as it is given away: prefix, 64 symbols in lower case without gaps, hints. Whoever reads it can knock. */
    public String text() {
        return InvitationCodeText.format(this);
    }

    /**
     * The code that a person typed or pasted: either case, spaces and dashes anywhere, with or without prefix and hints.
     *
     * @throws WireException if it cannot be one; its message is for the person and says where a mistyped code looks wrong,
     *     without repeating any of it
     */
    public static InvitationCode parse(String typed) throws WireException {
        return InvitationCodeText.parse(typed);
    }
}
