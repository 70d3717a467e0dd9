package sotto.node.core;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.EventLoopThread;
import sotto.node.api.Contact;
import sotto.node.api.Messenger;
import sotto.node.api.Passphrase;
import sotto.node.vault.Vault;
import sotto.node.vault.VaultException;
import sotto.node.vault.VaultFiles;
import sotto.node.vault.WatchedVault;

/**
 * The program that is killed: a whole node that writes to its one contact as fast as its vault allows. Every text that was
 * reported durable is noted in a file, and whether a commit is on its way to the disk in another; both outlive SIGKILL. It prints
 * {@code ready}, writes until its input ends, then waits until nothing is queued any more and prints {@code drained}.
 */
public final class KillSubject {
    private static final int IN_FLIGHT_MAX = 8;
    private static final Passphrase PASSPHRASE = Passphrase.owning("killed again and again".toCharArray());

    private final Messenger messenger;
    private final OutputStream durable;
    private final Semaphore room = new Semaphore(IN_FLIGHT_MAX);

    private KillSubject(Messenger messenger, OutputStream durable) {
        this.messenger = messenger;
        this.durable = durable;
    }

    /** The files of a subject, beside its home. */
    record Places(Path home, Path durable, Path notes) {
        static Places in(Path folder) {
            return new Places(folder.resolve("home"), folder.resolve("durable"), folder.resolve("notes"));
        }
    }

    static Passphrase passphrase() {
        return Passphrase.owning(PASSPHRASE.copy());
    }

    /** Arguments: the folder of its files, the address to listen on, and what its texts begin with. */
    public static void main(String[] arguments) throws Exception {
        Places files = Places.in(Path.of(arguments[0]));
        NodeConfig config =
                new NodeConfig(files.home(), List.of(Multiaddr.parse(arguments[1])), List.of(), false, true);
        Messenger messenger = watchedNode(config, files);
        await(messenger.unlock(passphrase()));
        try (OutputStream durable =
                Files.newOutputStream(files.durable(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            new KillSubject(messenger, durable).run(arguments[2]);
        }
        messenger.close();
    }

    /** A node as {@link RealSurroundings} makes it, but for a disk that is watched. */
    private static Messenger watchedNode(NodeConfig config, Places files) {
        EventLoopThread loop = new EventLoopThread("sotto-node");
        ExecutorService blocking = Executors.newSingleThreadExecutor();
        Crypto crypto = CryptoChoice.fastest();
        WatchedVault vault = new WatchedVault(files.home(), files.notes(), crypto, loop);
        Surroundings surroundings = new Surroundings(
                loop, crypto, blocking, new RealHosts(crypto), new WatchedVaults(vault), NodeLimits.STANDARD);
        return new Node(config, surroundings, () -> {
            loop.close();
            blocking.shutdown();
        });
    }

    /** The vault that is there. */
    private record WatchedVaults(WatchedVault vault) implements Surroundings.Vaults {
        @Override
        public boolean exist() {
            return new VaultFiles(vault.home(), vault.crypto()).exist();
        }

        @Override
        public Vault create(Passphrase passphrase, Consumer<VaultException> onFailure) throws VaultException {
            return vault.create(passphrase, onFailure);
        }

        @Override
        public Vault open(Passphrase passphrase, Consumer<VaultException> onFailure) throws VaultException {
            return vault.open(passphrase, onFailure);
        }
    }

    private void run(String prefix) throws Exception {
        Contact contact = await(messenger.contacts()).get(0);
        say("ready");
        for (int number = 0; System.in.available() == 0; number++) {
            if (room.tryAcquire(100, TimeUnit.MILLISECONDS)) {
                write(contact, prefix + number);
            }
        }
        room.acquire(IN_FLIGHT_MAX);
        while (await(messenger.status()).outbox() > 0) {
            room.tryAcquire(100, TimeUnit.MILLISECONDS);
        }
        say("drained");
        while (System.in.read() >= 0) {
            // The other one may still have something to deliver: the end of input is the end.
        }
    }

    private void write(Contact contact, String text) {
        messenger.send(contact.id(), text).whenComplete((message, failure) -> {
            if (failure == null) {
                note(text);
            }
            room.release();
        });
    }

    /** One line in one write, which a channel's stream does whole whichever threads come. */
    private void note(String text) {
        try {
            durable.write((text + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException disk) {
            throw new IllegalStateException(disk);
        }
    }

    private static void say(String word) {
        System.out.println(word);
        System.out.flush();
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
