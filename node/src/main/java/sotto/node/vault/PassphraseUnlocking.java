package sotto.node.vault;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.SecretBytes;
import sotto.node.api.Passphrase;

/** Tries a passphrase on lock slots, stretching it once for each salt. Confined to one thread; closing wipes what it derived. */
final class PassphraseUnlocking implements VaultOpening.Unlocking, AutoCloseable {
    private final Passphrase passphrase;
    private final ArgonCost leastCost;
    private final KeyRing.Tools tools;
    private final Map<Bytes, SecretBytes> stretched = new HashMap<>();

    PassphraseUnlocking(Passphrase passphrase, ArgonCost leastCost, KeyRing.Tools tools) {
        this.passphrase = passphrase;
        this.leastCost = leastCost;
        this.tools = tools;
    }

    @Override
    public Optional<SecretBytes> unlock(Bytes fileId, LockSlot slot) throws VaultException {
        slot.cost().checkBounds(leastCost);
        SecretBytes key =
                stretched.computeIfAbsent(slot.salt(), salt -> slot.cost().stretch(passphrase, salt));
        return new Locksmith(tools.crypto(), tools.random(), fileId).open(slot, key);
    }

    @Override
    public void close() {
        stretched.values().forEach(SecretBytes::close);
    }
}
