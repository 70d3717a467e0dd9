package sotto.libp2p.swarm;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import sotto.libp2p.host.HostMeter;
import sotto.libp2p.host.HostMeter.Refusal;
import sotto.libp2p.host.Limits;
import sotto.libp2p.peer.IpNetwork;

/**
 * Who may become a connection: asked before anything else is spent on one. Where all places are taken, in all or of one
 * address, one of those who came earlier makes room for who comes, so that nobody shuts others out by staying. Thread-safe.
 */
final class Admission {
    private final Budget connections;
    private final Budget acceptedConnections;
    private final Budget handshakes;
    private final Budget dials;
    private final AddressBudget addresses;
    private final AddressBudget handshakingAddresses;
    private final ArrivalRate arrivals;
    private final RandomGenerator random;
    private final HostMeter meter;

    /** Those that were accepted, the oldest first. */
    private final Queue<Place> accepted = new ConcurrentLinkedQueue<>();

    /** Draws lots by {@code random}, which must be thread-safe. */
    Admission(Limits.Connections limits, RandomGenerator random, HostMeter meter, Supplier<Duration> uptime) {
        this.arrivals = new ArrivalRate(limits.arrivals(), uptime);
        this.random = random;
        this.meter = meter;
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
        IpNetwork network = IpNetwork.of(address);
        Place place = new Place(Optional.of(network), close);
        // The narrowest first: whoever goes for one of them leaves a place in all that follow.
        boolean isAdmitted = orCount(Refusal.NETWORK_TOO_FAST, arrivals.take(address))
                && takePending(place, address, other -> other.isPending() && other.isFrom(network))
                && place.takePending(
                        () -> takeOrMakeRoom(Refusal.HANDSHAKES_FULL, handshakes::take, Place::isPending),
                        handshakes::giveBack)
                && take(place, address, other -> other.mayGo() && other.isFrom(network))
                && place.take(
                        () -> takeOrMakeRoom(Refusal.CONNECTIONS_FULL, acceptedConnections::take, Place::mayGo),
                        acceptedConnections::giveBack)
                && takeConnection(place);
        if (isAdmitted) {
            accepted.add(place);
            place.untilGone.add(() -> accepted.remove(place));
        }
        return place.ifAdmitted(isAdmitted);
    }

    /** A place for a connection that is about to be dialled, if there is one. */
    Optional<Place> dialled() {
        Place place = new Place(Optional.empty(), () -> {});
        return place.ifAdmitted(place.takePending(dials::take, dials::giveBack) && takeConnection(place));
    }

    private boolean takePending(Place place, InetAddress address, Predicate<Place> mayGo) {
        return place.takePending(
                () -> takeOrMakeRoom(Refusal.NETWORK_FULL, () -> handshakingAddresses.take(address), mayGo),
                () -> handshakingAddresses.giveBack(address));
    }

    private boolean take(Place place, InetAddress address, Predicate<Place> mayGo) {
        return place.take(
                () -> takeOrMakeRoom(Refusal.NETWORK_FULL, () -> addresses.take(address), mayGo),
                () -> addresses.giveBack(address));
    }

    private boolean takeConnection(Place place) {
        return place.take(
                () -> takeOrMakeRoom(Refusal.CONNECTIONS_FULL, connections::take, Place::mayGo), connections::giveBack);
    }

    /** Where nothing is left, either one of the older ones loses its place or who comes is refused: counted once, whoever it is. */
    private boolean takeOrMakeRoom(Refusal refusal, BooleanSupplier taking, Predicate<Place> mayGo) {
        return orCount(refusal, taking.getAsBoolean()) || (evictOne(mayGo) && taking.getAsBoolean());
    }

    private boolean orCount(Refusal refusal, boolean isTaken) {
        if (!isTaken) {
            meter.onRefused(refusal);
        }
        return isTaken;
    }

    /**
     * Who came last has time to get through; among the older ones a lot is drawn, so that who comes quickly enough cannot tell
     * when somebody else's turn is.
     */
    private boolean evictOne(Predicate<Place> mayGo) {
        List<Place> all = accepted.stream().filter(mayGo).toList();
        if (all.isEmpty()) {
            return false;
        }
        Place chosen = all.get(random.nextInt((all.size() + 1) / 2));
        // Of those who choose it at the same time one removes it; there is room for one of them.
        if (accepted.remove(chosen)) {
            chosen.evict();
        }
        return true;
    }

    /** What one connection has taken. Thread-safe: who makes room is on another loop than the connection. */
    static final class Place {
        private static final AttributeKey<Place> PLACE = AttributeKey.valueOf("sotto.place");

        private final Optional<IpNetwork> network;
        private final Runnable close;
        private final Queue<Runnable> untilSecured = new ConcurrentLinkedQueue<>();
        private final Queue<Runnable> untilGone = new ConcurrentLinkedQueue<>();

        // Written by the connection's loop and by whoever keeps the connection; read by whoever makes room.
        private volatile boolean isPending = true;
        private volatile boolean isKept;
        private volatile boolean hasMadeRoom;

        private Place(Optional<IpNetwork> network, Runnable close) {
            this.network = network;
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
            hasMadeRoom = true;
            onGone();
            close.run();
        }

        /** Whether the connection ended for another one's sake. */
        boolean hasMadeRoom() {
            return hasMadeRoom;
        }

        /** From now on it makes room for nobody. */
        void keep() {
            isKept = true;
        }

        /** Takes {@link #keep} back. */
        void letGo() {
            isKept = false;
        }

        private boolean isFrom(IpNetwork asked) {
            return network.equals(Optional.of(asked));
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
