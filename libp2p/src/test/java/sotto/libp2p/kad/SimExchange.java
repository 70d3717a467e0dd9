package sotto.libp2p.kad;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.host.HostException;
import sotto.libp2p.host.HostException.Reason;

/**
 * One request on its way through the world, its answer on the way back. Dials where there is no connection, and ends as the
 * driver's would: with an answer, a refusal, or nothing in time. Not thread-safe.
 */
final class SimExchange implements Runnable {
    private final SimWorld world;
    private final SimNode from;
    private final Peer to;
    private final Request request;
    private final CompletableFuture<Answer> outcome;
    private final long deadlineMillis;
    private @Nullable SimNode target;
    private @Nullable Answer answer;
    private Stage stage = Stage.TRAVELLING;

    SimExchange(SimWorld world, SimNode from, Peer to, Request request, CompletableFuture<Answer> outcome) {
        this.world = world;
        this.from = from;
        this.to = to;
        this.request = request;
        this.outcome = outcome;
        this.deadlineMillis =
                world.nowMillis() + world.options().limits().upkeep().request().toMillis();
    }

    /** What happens next. */
    private enum Stage {
        TRAVELLING,
        ANSWERED,
        REFUSED,
        UNREACHABLE
    }

    void begin() {
        SimNode node = world.node(to);
        if (node == null || !node.isAlive) {
            failToReach(node);
            return;
        }
        if (world.isSilent()) {
            giveUp();
            return;
        }
        target = node;
        SimOptions.Trips trips = world.options().link().trips();
        boolean isLinked = from.isLinked(node, world.nowMillis());
        double before = trips.stream() + (isLinked ? 0 : trips.dial()) + 0.5;
        if (!isLinked) {
            carry(node, SimSizes.DIAL);
            from.useLink(node, world.nowMillis());
            node.useLink(from, world.nowMillis());
        }
        carry(node, SimSizes.STREAM + SimSizes.of(request));
        go(Stage.TRAVELLING, world.latency().millis(from, node, before));
    }

    @Override
    public void run() {
        switch (stage) {
            case TRAVELLING -> arrive();
            case ANSWERED -> finish();
            case REFUSED -> {
                if (from.isAlive) {
                    outcome.completeExceptionally(new HostException(Reason.CLOSED, "refused"));
                }
            }
            case UNREACHABLE -> {
                if (from.isAlive) {
                    from.table.onFailure(to.id(), world.nowMillis());
                    outcome.completeExceptionally(new HostException(Reason.UNREACHABLE, "no answer in time"));
                }
            }
        }
    }

    private void arrive() {
        SimNode node = target;
        if (node == null || !node.isAlive) {
            giveUp();
            return;
        }
        long now = world.nowMillis();
        node.useLink(from, now);
        if (from.isServer && from.isAlive) {
            // Identify has told who dialled, and that it serves.
            node.table.onSeen(from.peer, now);
        }
        long backMillis = world.latency().millis(from, node, 0.5);
        try {
            Optional<Answer> said = node.behaviour.answer(node, request, from.peer, world.moment());
            answer = said.orElse(Answer.EMPTY);
            carry(node, SimSizes.of(answer));
            go(Stage.ANSWERED, backMillis);
        } catch (WireException refused) {
            world.onRefused();
            go(Stage.REFUSED, backMillis);
        }
    }

    private void finish() {
        SimNode node = target;
        if (from.isAlive && node != null && answer != null) {
            from.useLink(node, world.nowMillis());
            from.table.onSeen(node.peer, world.nowMillis());
            outcome.complete(answer);
        }
    }

    private void failToReach(@Nullable SimNode dead) {
        world.carryToNobody(from, SimSizes.SYN);
        if (dead != null && world.isRefusedByTheDead()) {
            stage = Stage.UNREACHABLE;
            world.queue().schedule(world.latency().millis(from, dead, 1), this);
        } else {
            giveUp();
        }
    }

    private void giveUp() {
        stage = Stage.UNREACHABLE;
        world.queue().schedule(deadlineMillis - world.nowMillis(), this);
    }

    private void go(Stage next, long delayMillis) {
        if (world.nowMillis() + delayMillis > deadlineMillis) {
            giveUp();
        } else {
            stage = next;
            world.queue().schedule(delayMillis, this);
        }
    }

    private void carry(SimNode node, int sizeBytes) {
        world.carry(from, node, sizeBytes);
    }
}
