package sotto.libp2p.swarm;

import io.netty.channel.Channel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.HostException;
import sotto.libp2p.host.HostException.Reason;
import sotto.libp2p.host.Limits;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.EventLoop;
import sotto.libp2p.transport.TcpTransport;

/**
 * Dials: joins dials to one address while they are under way, and leaves an address alone for a while after it failed.
 * {@link #connect} is thread-safe; the state is confined to the swarm's loop.
 */
final class Dialer {
    private final Swarm swarm;
    private final TcpTransport transport;
    private final EventLoop loop;
    private final Backoffs backoffs;
    private final Map<Multiaddr, CompletableFuture<Connection>> underWay = new HashMap<>();
    private boolean isClosed;

    Dialer(Swarm swarm, TcpTransport transport, EventLoop loop) {
        Limits limits = swarm.limits();
        this.swarm = swarm;
        this.transport = transport;
        this.loop = loop;
        this.backoffs =
                new Backoffs(limits.timeouts().backoff(), limits.connections().backedOffAddressesMax(), loop.random());
    }

    /** As {@code Host.connect}. */
    CompletionStage<Connection> connect(Multiaddr address) {
        CompletableFuture<Connection> connected = new CompletableFuture<>();
        loop.execute(() -> join(address, connected));
        return connected;
    }

    /** Fails all dials, those under way and those to come. */
    void close() {
        loop.execute(() -> {
            isClosed = true;
            List.copyOf(underWay.values())
                    .forEach(
                            dial -> dial.completeExceptionally(new HostException(Reason.CLOSED, "the host is closed")));
        });
    }

    private void join(Multiaddr address, CompletableFuture<Connection> connected) {
        Optional<Connection> open = address.peerId().flatMap(swarm::openTo);
        if (open.isPresent()) {
            connected.complete(open.get());
            return;
        }
        CompletionStage<Connection> dial = underWay.get(address);
        if (dial == null) {
            dial = begin(address);
        }
        dial.whenComplete((connection, failure) -> {
            if (failure == null) {
                connected.complete(connection);
            } else {
                connected.completeExceptionally(failure);
            }
        });
    }

    private CompletionStage<Connection> begin(Multiaddr address) {
        if (isClosed) {
            return failed(Reason.CLOSED, "the host is closed");
        }
        if (backoffs.isBackingOff(address, loop.uptime())) {
            return failed(Reason.UNREACHABLE, "the address failed a moment ago and is left alone for now");
        }
        Optional<Admission.Place> place = swarm.admission().dialled();
        if (place.isEmpty()) {
            return failed(Reason.LIMIT_REACHED, "too many connections or dials");
        }
        CompletableFuture<Connection> dial = new CompletableFuture<>();
        underWay.put(address, dial);
        dial(address, place.get())
                .whenComplete((connection, failure) -> loop.execute(() -> {
                    underWay.remove(address);
                    if (failure == null) {
                        backoffs.onSuccess(address);
                        dial.complete(connection);
                    } else {
                        onFailure(address, dial, hostException(failure));
                    }
                }));
        return dial;
    }

    private void onFailure(Multiaddr address, CompletableFuture<Connection> dial, HostException failure) {
        // An address that is not allowed now may be allowed the next moment, and was not troubled.
        if (failure.reason() != Reason.NOT_ALLOWED) {
            backoffs.onFailure(address, loop.uptime());
        }
        dial.completeExceptionally(failure);
    }

    private CompletionStage<Connection> dial(Multiaddr address, Admission.Place place) {
        CompletionStage<Channel> dialled = transport.dial(
                address,
                swarm.limits().timeouts().dial(),
                channel -> Upgrade.prepareDialled(swarm, channel, address.peerId()));
        dialled.whenComplete((channel, failure) -> {
            if (failure == null) {
                place.heldBy(channel, Upgrade.of(channel));
            } else {
                place.onGone();
            }
        });
        return dialled.thenCompose(Upgrade::of);
    }

    private static HostException hostException(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof HostException expected
                ? expected
                : new HostException(Reason.UNREACHABLE, "the dial failed", cause);
    }

    private static CompletableFuture<Connection> failed(Reason reason, String message) {
        return CompletableFuture.failedFuture(new HostException(reason, message));
    }
}
