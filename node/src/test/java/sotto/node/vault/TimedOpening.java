package sotto.node.vault;

import java.nio.file.Path;
import java.time.Duration;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.runtime.EventLoop;
import sotto.node.api.Passphrase;

/**
 * A vault that was opened as {@link VaultFiles} opens it, and the share of the time that Argon2id took: for the benchmark, because
 * that share is there to be long.
 */
public record TimedOpening(Vault vault, Duration derivation) {
    public static TimedOpening of(Path home, Crypto crypto, Passphrase passphrase, EventLoop loop)
            throws VaultException {
        VaultEnvironment environment =
                new VaultEnvironment(loop, crypto, VaultThreads.started(), VaultSettings.STANDARD);
        try (PassphraseUnlocking unlocking =
                new PassphraseUnlocking(passphrase, ArgonCost.LEAST, environment.newTools())) {
            Duration[] derivation = {Duration.ZERO};
            Vault vault = new VaultStart(new HomeDisk(home), environment).open((fileId, slot) -> {
                Duration before = loop.uptime();
                unlocking.unlock(fileId, slot);
                derivation[0] = derivation[0].plus(loop.uptime().minus(before));
                // Now without Argon2id, whose outcome is kept for each salt: this belongs to the opening.
                return unlocking.unlock(fileId, slot);
            });
            return new TimedOpening(vault, derivation[0]);
        }
    }
}
