package sotto.node.ratchet;

import sotto.libp2p.crypto.SecretBytes;
import sotto.node.wire.AccountKeys;
import sotto.node.wire.Locator;
import sotto.node.wire.PrekeyBundle;

/** At whom and by which invitation we knock, taken from its opened and verified record. */
public record KnockTarget(Locator locator, AccountKeys account, PrekeyBundle prekeys, SecretBytes knockKey) {}
