package sotto.node.core;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.DisplayName;
import sotto.node.api.Status;
import sotto.node.identity.Account;
import sotto.node.vault.Vault;
import sotto.node.vault.VaultException;

/**
 * From absent or locked to open, and back: one state at a time, each with what belongs to it. Whatever ends in the meantime, a
 * vault is open only in {@link State.Open}, or in the {@link State.Opening} that will close it. Confined to the node loop.
 */
final class LifeCycle {
    private final NodeConfig config;
    private final Surroundings surroundings;
    private State state = new State.Shut();

    LifeCycle(NodeConfig config, Surroundings surroundings) {
        this.config = config;
        this.surroundings = surroundings;
    }

    /** The states of a node. */
    private sealed interface State {
        /** Nothing is open; the disk says whether there is a vault, so whether this is absent or locked. */
        record Shut() implements State {}

        /** A passphrase is tried, and a node started behind it. No two attempts are equal: a later one is another. */
        final class Opening implements State {}

        record Open(OpenNode node) implements State {}

        /** For good. */
        record Stopped() implements State {}

        default <T> T match(
                Function<Shut, T> onShut,
                Function<Opening, T> onOpening,
                Function<Open, T> onOpen,
                Function<Stopped, T> onStopped) {
            if (this instanceof Shut shut) {
                return onShut.apply(shut);
            } else if (this instanceof Opening opening) {
                return onOpening.apply(opening);
            } else if (this instanceof Open open) {
                return onOpen.apply(open);
            }
            return onStopped.apply((Stopped) this);
        }
    }

    /** What takes half a second and may not happen on the loop. */
    interface VaultOpening {
        Vault open() throws VaultException;
    }

    Optional<OpenNode> open() {
        return state.match(
                shut -> Optional.empty(),
                opening -> Optional.empty(),
                open -> Optional.of(open.node),
                stopped -> Optional.empty());
    }

    /** The open node; {@link ApiException} where there is none. */
    OpenNode node() {
        return open().orElseThrow(() -> new ApiException(closedError()));
    }

    /** Why there is no open node. */
    ApiError closedError() {
        return surroundings.vaults().exist() ? new ApiError.Locked() : new ApiError.Absent();
    }

    Status status() {
        return open().map(OpenNode::status).orElseGet(this::shutStatus);
    }

    private Status shutStatus() {
        return new Status(
                surroundings.vaults().exist() ? Status.Life.LOCKED : Status.Life.ABSENT,
                Version.NAME,
                Optional.empty(),
                List.of(),
                0,
                0,
                config.isLanOnly(),
                0,
                surroundings.crypto().cipherName(),
                0);
    }

    /** Opens the vault beside the loop, then becomes open with what is in it, or with a new account of {@code name}. */
    CompletionStage<Status> enter(VaultOpening way, Optional<DisplayName> name) {
        State.Opening attempt = state.match(
                shut -> new State.Opening(),
                opening -> refuse("the vault is being opened already"),
                open -> refuse("the vault is open already"),
                stopped -> refuse("the node has stopped"));
        state = attempt;
        return openBeside(way)
                .thenCompose(vault -> closedOnFailure(vault, () -> settleIn(attempt, vault, name)))
                .whenComplete((status, failure) -> abandon(attempt));
    }

    /** Becomes locked: what was open is closed, and everybody who listens is told why. */
    void leave(String reason) {
        Optional<OpenNode> leaving = open();
        state = new State.Shut();
        leaving.ifPresent(node -> node.close(reason));
    }

    /** The same, for good. */
    void stop(String reason) {
        Optional<OpenNode> leaving = open();
        state = new State.Stopped();
        leaving.ifPresent(node -> node.close(reason));
    }

    private static State.Opening refuse(String reason) {
        throw new ApiException(new ApiError.NotAllowed(reason));
    }

    private CompletionStage<Vault> openBeside(VaultOpening way) {
        CompletableFuture<Vault> opened = new CompletableFuture<>();
        surroundings.blocking().execute(() -> {
            try {
                Vault vault = way.open();
                surroundings.loop().execute(() -> opened.complete(vault));
            } catch (VaultException | RuntimeException | Error failure) {
                // An error too: Argon2id asks for more memory at once than a small machine may have.
                surroundings.loop().execute(() -> opened.completeExceptionally(failure));
            }
        });
        return opened;
    }

    /** A vault that was left open would keep its lock, and be in use for ever after. */
    private static <T> CompletionStage<T> closedOnFailure(Vault vault, Supplier<CompletionStage<T>> use) {
        return CompletableFuture.completedFuture(vault)
                .thenCompose(opened -> use.get())
                .whenComplete((value, failure) -> {
                    if (failure != null) {
                        vault.close();
                    }
                });
    }

    private CompletionStage<Status> settleIn(State.Opening attempt, Vault vault, Optional<DisplayName> name) {
        checkGoesOn(attempt);
        return written(vault, name).thenCompose(nothing -> {
            checkGoesOn(attempt);
            if (!vault.read(AccountRow::isIn)) {
                throw new ApiException(new ApiError.VaultDamaged("the making of this vault was cut short"));
            }
            OpenNode node = new OpenNode(config, surroundings, vault, () -> onVaultFailure(attempt, vault));
            return node.start(surroundings.hosts()).handle((isListening, failure) -> {
                if (failure != null || state != attempt) {
                    node.close("the node could not start");
                    throw new ApiException(
                            new ApiError.Failed(failure == null ? "the vault has failed" : reason(failure)));
                }
                state = new State.Open(node);
                return status();
            });
        });
    }

    private CompletionStage<Void> written(Vault vault, Optional<DisplayName> name) {
        return name.map(chosen -> vault.write(new AccountRow(
                        Account.generate(
                                surroundings.crypto(), surroundings.loop().random()),
                        chosen)::write))
                .orElse(CompletableFuture.completedFuture(null));
    }

    private void checkGoesOn(State.Opening attempt) {
        if (state != attempt) {
            throw new ApiException(new ApiError.Failed("the node was stopped while it was opening"));
        }
    }

    /** What is still under way in a node that was left fails late, and must not end the one that is open by then. */
    private void onVaultFailure(State.Opening attempt, Vault vault) {
        abandon(attempt);
        if (open().filter(node -> node.vault() == vault).isPresent()) {
            leave("the vault has failed");
        }
    }

    private void abandon(State.Opening attempt) {
        if (state == attempt) {
            state = new State.Shut();
        }
    }

    private static String reason(Throwable failure) {
        return String.valueOf(LoopCalls.cause(failure).getMessage());
    }
}
