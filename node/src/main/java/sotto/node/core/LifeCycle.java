package sotto.node.core;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
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
    private static final System.Logger LOG = System.getLogger(LifeCycle.class.getName());

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
        final class Opening implements State {
            private Consumer<String> closing = reason -> {};

            /** From now on, this is how to close what the attempt has opened so far. */
            void closeBy(Consumer<String> closing) {
                this.closing = closing;
            }

            /** Closes what is open by now, once: whoever leaves the attempt does, or else its failure. */
            void close(String reason) {
                Consumer<String> once = closing;
                closing = done -> {};
                once.accept(reason);
            }
        }

        /** {@code attempt} is the opening that led here. */
        record Open(OpenNode node, Opening attempt) implements State {}

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

    /** The same, when it is known who hears of a failure. */
    private interface BlockingOpening {
        Vault open() throws VaultException;
    }

    /** What takes half a second and may not happen on the loop. */
    interface VaultOpening {
        /** {@code onFailure} hears on the loop that the vault has closed by itself. */
        Vault open(Consumer<VaultException> onFailure) throws VaultException;
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
        return openBeside(() -> way.open(reason -> onVaultFailure(attempt, reason)))
                .thenCompose(vault -> {
                    // A vault that was left open would keep its lock, and be in use for ever after.
                    attempt.closeBy(reason -> vault.close());
                    return settleIn(attempt, vault, name);
                })
                .whenComplete((status, failure) -> {
                    if (failure != null) {
                        attempt.close("the node could not start");
                    }
                    abandon(attempt);
                });
    }

    /** Becomes locked: what was open is closed, and everybody who listens is told why. */
    void leave(String reason) {
        quit(new State.Shut(), reason);
    }

    /** The same, for good. */
    void stop(String reason) {
        quit(new State.Stopped(), reason);
    }

    private void quit(State next, String reason) {
        Consumer<String> closing = state.match(
                shut -> none -> {}, opening -> opening::close, open -> open.node::close, stopped -> none -> {});
        state = next;
        closing.accept(reason);
    }

    private static State.Opening refuse(String reason) {
        throw new ApiException(new ApiError.NotAllowed(reason));
    }

    private CompletionStage<Vault> openBeside(BlockingOpening way) {
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

    private CompletionStage<Status> settleIn(State.Opening attempt, Vault vault, Optional<DisplayName> name) {
        checkGoesOn(attempt);
        return written(vault, name).thenCompose(nothing -> {
            checkGoesOn(attempt);
            if (!vault.read(AccountRow::isIn)) {
                throw new ApiException(new ApiError.VaultDamaged("the making of this vault was cut short"));
            }
            OpenNode node = new OpenNode(config, surroundings, vault);
            attempt.closeBy(node::close);
            // What starting throws at once, it has failed with.
            CompletionStage<Boolean> started =
                    CompletableFuture.completedFuture(surroundings.hosts()).thenCompose(node::start);
            return started.handle((isListening, failure) -> {
                if (failure != null || state != attempt) {
                    throw new ApiException(
                            new ApiError.Failed(failure == null ? "the vault has failed" : reason(failure)));
                }
                state = new State.Open(node, attempt);
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

    /** A vault that was left may fail late, and must not end the node that is open by then. */
    private void onVaultFailure(State.Opening attempt, VaultException reason) {
        LOG.log(System.Logger.Level.WARNING, "the vault has failed: {0}", reason.kind());
        abandon(attempt);
        if (state instanceof State.Open open && open.attempt == attempt) {
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
