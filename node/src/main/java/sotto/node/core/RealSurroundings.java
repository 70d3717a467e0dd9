package sotto.node.core;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.runtime.EventLoop;
import sotto.libp2p.runtime.EventLoopThread;
import sotto.node.api.Messenger;
import sotto.node.api.Passphrase;
import sotto.node.vault.Vault;
import sotto.node.vault.VaultException;
import sotto.node.vault.VaultFiles;

/** The surroundings of a node in a real process. */
final class RealSurroundings {
    private RealSurroundings() {}

    static Messenger node(NodeConfig config) {
        EventLoopThread loop = new EventLoopThread("sotto-node");
        ExecutorService blocking = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "sotto-blocking");
            thread.setDaemon(true);
            return thread;
        });
        Crypto crypto = CryptoChoice.fastest();
        VaultFiles files = new VaultFiles(config.home(), crypto);
        Surroundings surroundings = new Surroundings(
                loop, crypto, blocking, new RealHosts(crypto), new RealVaults(files, loop), NodeLimits.STANDARD);
        return new Node(config, surroundings, () -> {
            // The loop ends after the vault that may still be opening: whatever opens is taken there, and closed.
            blocking.execute(() -> loop.execute(loop::close));
            blocking.shutdown();
        });
    }

    /** The vault in the files of a home. */
    private record RealVaults(VaultFiles files, EventLoop loop) implements Surroundings.Vaults {
        @Override
        public boolean exist() {
            return files.exist();
        }

        @Override
        public Vault create(Passphrase passphrase, Consumer<VaultException> onFailure) throws VaultException {
            return files.create(passphrase, loop, onFailure);
        }

        @Override
        public Vault open(Passphrase passphrase, Consumer<VaultException> onFailure) throws VaultException {
            return files.open(passphrase, loop, onFailure);
        }
    }
}
