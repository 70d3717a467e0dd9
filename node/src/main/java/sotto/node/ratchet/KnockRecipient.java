package sotto.node.ratchet;

import sotto.libp2p.crypto.SecretBytes;
import sotto.node.wire.Locator;

/** Who opens a knock: our account with the prekeys and the knock key of the invitation that the knock names. */
public record KnockRecipient(Locator locator, HandshakeIdentity identity, Prekeys prekeys, SecretBytes knockKey) {}
