package sotto.node.core;

import sotto.node.api.Passphrase;
import sotto.node.vault.Vault;
import sotto.node.vault.VaultContract;
import sotto.node.vault.VaultException;

/** Proves that the vault of the simulator keeps what the real one does. */
class SimVaultTest extends VaultContract {
    private final SimDisk disk = new SimDisk();

    @Override
    protected Vault open() throws VaultException {
        Surroundings.Vaults vaults = disk.vaults(loop);
        Passphrase passphrase = Passphrase.owning("simulated".toCharArray());
        return vaults.exist() ? vaults.open(passphrase, failures::add) : vaults.create(passphrase, failures::add);
    }

    @Override
    protected void refuse() {
        disk.setRefusing(true);
    }
}
