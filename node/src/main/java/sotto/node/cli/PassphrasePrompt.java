package sotto.node.cli;

import java.util.Optional;
import sotto.node.api.Passphrase;

/** Asks a person for a passphrase. */
@FunctionalInterface
interface PassphrasePrompt {
    /** Shows {@code question} and reads one line unseen; empty if there is no terminal to ask on. */
    Optional<Passphrase> ask(String question);
}
