package sotto.node.core;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.runtime.VirtualLoop;
import sotto.node.api.Passphrase;
import sotto.node.vault.Vault;
import sotto.node.vault.VaultException;

/** What survives a crash of a simulated node: the tables as of the last commit that was acknowledged or had reached the disk. */
final class SimDisk {
    private Map<String, NavigableMap<Bytes, Bytes>> durable = new HashMap<>();
    private boolean exists;
    private int erasures;
    private int commits;
    private int openVaults;
    private boolean isRefusing;
    private boolean isHanging;

    Surroundings.Vaults vaults(VirtualLoop loop) {
        return new Surroundings.Vaults() {
            @Override
            public boolean exist() {
                return exists;
            }

            @Override
            public Vault create(Passphrase passphrase, Consumer<VaultException> onFailure) throws VaultException {
                if (exists) {
                    throw new VaultException(VaultException.Kind.EXISTS, "exists");
                }
                exists = true;
                return new SimVault(SimDisk.this, copy(), loop, onFailure);
            }

            @Override
            public Vault open(Passphrase passphrase, Consumer<VaultException> onFailure) throws VaultException {
                if (!exists) {
                    throw new VaultException(VaultException.Kind.ABSENT, "absent");
                }
                return new SimVault(SimDisk.this, copy(), loop, onFailure);
            }
        };
    }

    /** From now on, or no longer, every commit fails. */
    void setRefusing(boolean refusing) {
        isRefusing = refusing;
    }

    boolean isRefusing() {
        return isRefusing;
    }

    /** From now on, or no longer, no commit that has not begun comes to an end. */
    void setHanging(boolean hanging) {
        isHanging = hanging;
    }

    boolean isHanging() {
        return isHanging;
    }

    /** True while a vault is open on it. */
    boolean isInUse() {
        return openVaults > 0;
    }

    void opened() {
        openVaults++;
    }

    void released() {
        openVaults--;
    }

    void erase() {
        erasures++;
    }

    /** How often something was committed. */
    int commits() {
        return commits;
    }

    int erasures() {
        return erasures;
    }

    void keep(Map<String, NavigableMap<Bytes, Bytes>> state) {
        commits++;
        durable = state;
    }

    /** Another disk with the same bytes: what a thief takes away. */
    SimDisk stolen() {
        SimDisk other = new SimDisk();
        other.durable = copy();
        other.exists = exists;
        return other;
    }

    private Map<String, NavigableMap<Bytes, Bytes>> copy() {
        Map<String, NavigableMap<Bytes, Bytes>> copy = new HashMap<>();
        durable.forEach((name, table) -> copy.put(name, new TreeMap<>(table)));
        return copy;
    }
}
