package sotto.node.cli;

import java.util.Optional;
import sotto.node.api.Passphrase;

/** Asks a person for a passphrase. */
@FunctionalInterface
interface PassphrasePrompt {
    /** Shows {@code question} and reads one line unseen; empty if there is no terminal to ask on. */
    Optional<Passphrase> ask(String question);

    /** Keeps what is typed unseen between questions and after the last too, until it is closed. */
    default Quiet quiet() {
        return () -> {};
    }

    /** A while in which the terminal shows nothing of what is typed. */
    interface Quiet extends AutoCloseable {
        @Override
        void close();
    }
}
