package sotto.node.vault;

/** Proves that the real vault keeps what every vault promises. */
class SealedVaultContractTest extends VaultContract {
    private final FailingDisk disk = new FailingDisk(new LossyDisk(), Integer.MAX_VALUE);
    private boolean isMade;

    @Override
    protected Vault open() throws VaultException {
        VaultStart start = new VaultStart(
                disk,
                new VaultEnvironment(loop, TestVaults.CRYPTO, VaultThreads.none(), TestVaults.SETTINGS, failures::add));
        if (isMade) {
            return start.open(TestVaults.passphrase(""));
        }
        isMade = true;
        return start.create(TestVaults.passphrase(""));
    }

    @Override
    protected void refuse() {
        disk.refuseNext();
    }
}
