package sotto.node.ratchet;

import java.util.function.Function;
import sotto.libp2p.crypto.SecretBytes;
import sotto.node.api.MessageId;
import sotto.node.wire.AccountKeys;
import sotto.node.wire.KnockPayload;

/** What became of a knock that was opened. */
public sealed interface KnockOutcome {
    /**
     * It is authentic: whoever sent it holds the code and the private agreement key of {@code sender}. It says nothing about
     * whether they are welcome, and nothing about a contact that has the same account id: an existing contact is known by its
     * pair root alone, and a knock never replaces that.
     *
     * @param pairRoot 32 bytes, the same as the sender has
     * @param id the same as the sender has
     */
    record Opened(AccountKeys sender, KnockPayload payload, SecretBytes pairRoot, MessageId id)
            implements KnockOutcome {}

    /** It is not, in whatever way: there is one refusal for all of them. */
    record Refused() implements KnockOutcome {}

    /** One answer per outcome. */
    default <T> T match(Function<Opened, T> onOpened, Function<Refused, T> onRefused) {
        if (this instanceof Opened opened) {
            return onOpened.apply(opened);
        }
        return onRefused.apply((Refused) this);
    }
}
