package sotto.libp2p.swarm;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import sotto.libp2p.host.Limits;

/**
 * Who may become a connection: asked before anything else is spent on one. Full is full only for those who came last from one
 * address: otherwise who was accepted first makes room, so that nobody shuts others out by staying. Thread-safe.
 */
final class Admission {
    private final Budget connections;
    private final Budget acceptedConnections;
    private final Budget handshakes;
    private final Budget dials;
    private final AddressBudget addresses;
    private final AddressBudget handshakingAddresses;

    /** Those that were accepted, the oldest first. */
    private final Queue<Place> accepted = new ConcurrentLinkedQueue<>();

    Admission(Limits.Connections limits) {
        this.connections = new Budget(limits.max());
        this.acceptedConnections = new Budget(limits.max() - limits.dialledOnly());
        this.handshakes = new Budget(limits.pending().acceptedMax());
        this.dials = new Budget(limits.pending().dialledMax());
        this.addresses = new AddressBudget(limits.perAddressMax());
        this.handshakingAddresses = new AddressBudget(limits.pending().perAddressMax());
    }

    /**
     * A place for a connection that came from {@code address}, if there is one.
     *
     * @param close ends the connection, where its place is needed for another one
     */
    Optional<Place> accepted(InetAddress address, Runnable close) {
        Place place = new Place(close);
        boolean isAdmitted = place.take(() -> addresses.take(address), () -> addresses.giveBack(address))
                && place.takePending(
                        () -> handshakingAddresses.take(address), () -> handshakingAddresses.giveBack(address))
                && place.takePending(() -> takeOrMakeRoom(handshakes, Place::isPending), handshakes::giveBack)
                && place.take(() -> takeOrMakeRoom(acceptedConnections, Place::mayGo), acceptedConnections::giveBack)
                && takeConnection(place);
        if (isAdmitted) {
            accepted.add(place);
            place.untilGone.add(() -> accepted.remove(place));
        }
        return place.ifAdmitted(isAdmitted);
    }

    /** A place for a connection that is about to be dialled, if there is one. */
    Optional<Place> dialled() {
        Place place = new Place(() -> {});
        return place.ifAdmitted(place.takePending(dials::take, dials::giveBack) && takeConnection(place));
    }

    private boolean takeConnection(Place place) {
        return place.take(() -> takeOrMakeRoom(connections, Place::mayGo), connections::giveBack);
    }

    private boolean takeOrMakeRoom(Budget budget, Predicate<Place> mayGo) {
        return budget.take() || (evictOldest(mayGo) && budget.take());
    }

    private boolean evictOldest(Predicate<Place> mayGo) {
        Optional<Place> oldest = accepted.stream().filter(mayGo).findFirst();
        // Of those who find it at the same time one removes it; there is room for one of them.
        oldest.filter(accepted::remove).ifPresent(Place::evict);
        return oldest.isPresent();
    }

    /** What one connection has taken. Thread-safe: who makes room is on another loop than the connection. */
    static final class Place {
        private static final AttributeKey<Place> PLACE = AttributeKey.valueOf("sotto.place");

        private final Runnable close;
        private final Queue<Runnable> untilSecured = new ConcurrentLinkedQueue<>();
        private final Queue<Runnable> untilGone = new ConcurrentLinkedQueue<>();

        // Written by the connection's loop and by whoever keeps the connection; read by whoever makes room.
        private volatile boolean isPending = true;
        private volatile boolean isKept;

        private Place(Runnable close) {
            this.close = close;
        }

        /** The place of {@code channel}, once that holds one. */
        static Optional<Place> of(Channel channel) {
            return Optional.ofNullable(channel.attr(PLACE).get());
        }

        /** Gives back what it can once {@code upgraded}, and the rest when {@code channel} is closed. */
        void heldBy(Channel channel, CompletionStage<?> upgraded) {
            channel.attr(PLACE).set(this);
            upgraded.thenRun(this::onSecured);
            channel.closeFuture().addListener(closed -> onGone());
        }

        void onSecured() {
            isPending = false;
            giveBack(untilSecured);
        }

        /** Gives back all that is left; later calls do nothing. */
        void onGone() {
            giveBack(untilSecured);
            giveBack(untilGone);
        }

        private void evict() {
            onGone();
            close.run();
        }

        /** From now on it makes room for nobody. */
        void keep() {
            isKept = true;
        }

        /** Takes {@link #keep} back. */
        void letGo() {
            isKept = false;
        }

        private boolean isPending() {
            return isPending;
        }

        private boolean mayGo() {
            return !isKept;
        }

        private boolean take(BooleanSupplier taking, Runnable givingBack) {
            return take(taking, givingBack, untilGone);
        }

        private boolean takePending(BooleanSupplier taking, Runnable givingBack) {
            return take(taking, givingBack, untilSecured);
        }

        private static boolean take(BooleanSupplier taking, Runnable givingBack, Queue<Runnable> until) {
            return taking.getAsBoolean() && until.add(givingBack);
        }

        /** Each once, whoever comes first. */
        private static void giveBack(Queue<Runnable> taken) {
            for (Runnable givingBack = taken.poll(); givingBack != null; givingBack = taken.poll()) {
                givingBack.run();
            }
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
