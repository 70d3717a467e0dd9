package sotto.libp2p.swarm;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import sotto.libp2p.host.Limits;

/** Who may become a connection: asked before anything else is spent on one. Thread-safe. */
final class Admission {
    private final Budget connections;
    private final Budget handshakes;
    private final Budget dials;
    private final AddressBudget addresses;

    Admission(Limits.Connections limits) {
        this.connections = new Budget(limits.max());
        this.handshakes = new Budget(limits.pendingHandshakesMax());
        this.dials = new Budget(limits.pendingDialsMax());
        this.addresses = new AddressBudget(limits.perAddressMax());
    }

    /** A place for a connection that came from {@code address}, if there is one. */
    Optional<Place> accepted(InetAddress address) {
        Place place = new Place();
        boolean isAdmitted = place.take(connections)
                && place.takePending(handshakes)
                && place.take(() -> addresses.take(address), () -> addresses.giveBack(address));
        return place.ifAdmitted(isAdmitted);
    }

    /** A place for a connection that is about to be dialled, if there is one. */
    Optional<Place> dialled() {
        Place place = new Place();
        return place.ifAdmitted(place.take(connections) && place.takePending(dials));
    }

    /** What one connection has taken. Confined to one thread at a time. */
    static final class Place {
        private final Deque<Runnable> whenGone = new ArrayDeque<>();
        private Runnable whenSecured = () -> {};

        /** Gives back what it can once {@code upgraded}, and the rest when {@code channel} is closed. */
        void heldBy(Channel channel, CompletionStage<?> upgraded) {
            upgraded.thenRun(this::onSecured);
            channel.closeFuture().addListener(closed -> onGone());
        }

        void onSecured() {
            whenSecured.run();
            whenSecured = () -> {};
        }

        /** Gives back all that is left; later calls do nothing. */
        void onGone() {
            onSecured();
            whenGone.forEach(Runnable::run);
            whenGone.clear();
        }

        private boolean take(Budget budget) {
            return take(budget::take, budget::giveBack);
        }

        private boolean take(BooleanSupplier taking, Runnable givingBack) {
            boolean isTaken = taking.getAsBoolean();
            if (isTaken) {
                whenGone.add(givingBack);
            }
            return isTaken;
        }

        private boolean takePending(Budget budget) {
            boolean isTaken = budget.take();
            if (isTaken) {
                whenSecured = budget::giveBack;
            }
            return isTaken;
        }

        private Optional<Place> ifAdmitted(boolean isAdmitted) {
            if (!isAdmitted) {
                onGone();
                return Optional.empty();
            }
            return Optional.of(this);
        }
    }
}
