package sotto.node.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.Messenger;
import sotto.node.api.Passphrase;
import sotto.node.api.Status;
import sotto.node.rpc.MessengerServer;
import sotto.node.rpc.RemoteMessenger;

/**
 * The ways to a messenger: the node that runs for this home, a node in this process that serves the home too, or the vault
 * opened here for a moment. Whoever finds the vault in use looks again for {@link Environment#vaultPatience}.
 */
public final class Nodes {
    private final Environment environment;
    private final CommonFlags flags;
    private final Passphrases passphrases;
    private final Output output;

    Nodes(Environment environment, CommonFlags flags, Passphrases passphrases, Output output) {
        this.environment = environment;
        this.flags = flags;
        this.passphrases = passphrases;
        this.output = output;
    }

    /** The running node, or one started here that serves the home; it may be absent, locked or open. */
    public Access attachOrHost() {
        return patiently(() -> attached().or(this::hosted));
    }

    /**
     * A node started here that serves the home, opened and connected to the network; never another process's: where one answers,
     * there is nothing to wait for.
     */
    Access serve() {
        requireHome();
        Access access = patiently(() -> {
            Optional<Access> hosted = hosted();
            if (hosted.isEmpty()) {
                connected().ifPresent(Nodes::refuseSecond);
            }
            return hosted;
        });
        openOrClose(access);
        return access;
    }

    /** The running node, which may be locked, or one started here, opened and connected to the network. */
    Access attachOrServe() {
        Optional<Access> running = attached();
        if (running.isPresent()) {
            return running.get();
        }
        requireHome();
        Access access = attachOrHost();
        if (!access.isAttached()) {
            openOrClose(access);
        }
        return access;
    }

    /** The running node, which may be locked, or the vault opened here, without any network. */
    Access attachOrOpen() {
        return attachOrOpen(passphrases::current);
    }

    /** The same, with the passphrase from {@code source} if one is needed; it is not wiped here. */
    Access attachOrOpen(Supplier<Passphrase> source) {
        Optional<Access> running = attached();
        if (running.isPresent()) {
            return running.get();
        }
        requireHome();
        return patiently(new Opening(source)::attempt);
    }

    /** The running node; empty if none runs. */
    Optional<Access> attached() {
        Optional<Access> running = connected();
        if (running.isPresent()) {
            flags.startFlags().forEach(flag -> output.note("warning: " + flag + " has no effect: a node runs already"));
        }
        return running;
    }

    private Optional<Access> connected() {
        flags.checkAddresses();
        return RemoteMessenger.connect(flags.home()).map(Access::attached);
    }

    private static void refuseSecond(Access running) {
        running.close();
        throw new ApiException(new ApiError.NodeRunning());
    }

    /** A node in this process, without network, socket or open vault. */
    Access offline() {
        return Access.opened(environment.starter().start(flags.nodeConfig(false)));
    }

    /** Opens a locked messenger, waiting for a vault in use. */
    public void unlock(Messenger messenger, Passphrase passphrase) {
        patiently(() -> unlocked(messenger, passphrase));
    }

    private Optional<Access> hosted() {
        try {
            return MessengerServer.claim(flags.home()).map(this::started);
        } catch (IOException refused) {
            throw new ApiException(new ApiError.Failed("cannot use " + flags.home() + ": " + refused.getMessage()));
        }
    }

    private Access started(MessengerServer server) {
        try {
            Messenger messenger = environment.starter().start(flags.nodeConfig(true));
            server.serve(messenger);
            return Access.hosted(messenger, server);
        } catch (RuntimeException failed) {
            server.close();
            throw failed;
        }
    }

    private void openOrClose(Access access) {
        try {
            requireAccount(access.messenger());
            try (Passphrase passphrase = passphrases.current()) {
                unlock(access.messenger(), passphrase);
            }
        } catch (RuntimeException refused) {
            access.close();
            throw refused;
        }
    }

    private static void requireAccount(Messenger messenger) {
        if (Waiting.result(messenger.status()).life() == Status.Life.ABSENT) {
            throw new ApiException(new ApiError.Absent());
        }
    }

    private static Optional<Status> unlocked(Messenger messenger, Passphrase passphrase) {
        CompletionStage<Status> opening = messenger.unlock(passphrase);
        try {
            return Optional.of(Waiting.result(opening));
        } catch (ApiException refused) {
            if (refused.error() instanceof ApiError.VaultInUse) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private void requireHome() {
        if (!Files.isDirectory(flags.home())) {
            throw new ApiException(new ApiError.Absent());
        }
    }

    private <T> T patiently(Supplier<Optional<T>> attempt) {
        Optional<T> first = attempt.get();
        if (first.isPresent()) {
            return first.get();
        }
        try (Patience patience = new Patience(environment.loops().get(), environment.vaultPatience())) {
            while (patience.pause()) {
                Optional<T> next = attempt.get();
                if (next.isPresent()) {
                    return next.get();
                }
            }
        }
        throw new ApiException(new ApiError.VaultInUse());
    }

    /** Attempts to open the vault here; the passphrase is asked for once. */
    private final class Opening {
        private final Supplier<Passphrase> source;
        private Optional<Passphrase> passphrase = Optional.empty();

        Opening(Supplier<Passphrase> source) {
            this.source = source;
        }

        Optional<Access> attempt() {
            Optional<Access> running = attached();
            if (running.isPresent()) {
                return running;
            }
            Access access = offline();
            try {
                if (passphrase.isEmpty()) {
                    requireAccount(access.messenger());
                    passphrase = Optional.of(source.get());
                }
                if (unlocked(access.messenger(), passphrase.get()).isPresent()) {
                    return Optional.of(access);
                }
            } catch (RuntimeException refused) {
                access.close();
                throw refused;
            }
            access.close();
            return Optional.empty();
        }
    }
}
