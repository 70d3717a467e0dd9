package sotto.libp2p.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import sotto.libp2p.host.HostException;

/** Looks names up, which blocks: on threads of its own, few look-ups at a time. Thread-safe. */
final class Names implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int WAITING_MAX = 64;
    private static final int ADDRESSES_MAX = 4;
    private static final long KEPT_ALIVE_SECONDS = 10;

    private final Resolver resolver;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            KEPT_ALIVE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING_MAX),
            Names::thread);

    Names(Resolver resolver) {
        this.resolver = resolver;
        threads.allowCoreThreadTimeOut(true);
    }

    /** Who knows the addresses of names; may take its time. */
    interface Resolver {
        /** All addresses of {@code name}, at least one. */
        InetAddress[] addressesOf(String name) throws UnknownHostException;
    }

    /** The first few addresses of {@code name}, at least one; fails with {@link HostException}. */
    CompletionStage<List<InetAddress>> lookUp(DnsName name) {
        CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
        try {
            threads.execute(() -> lookUp(name, found));
        } catch (RejectedExecutionException tooMany) {
            found.completeExceptionally(new HostException(
                    HostException.Reason.LIMIT_REACHED, "too many names are being looked up", tooMany));
        }
        return found;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void lookUp(DnsName name, CompletableFuture<List<InetAddress>> found) {
        try {
            List<InetAddress> addresses = Arrays.stream(resolver.addressesOf(name.host()))
                    .filter(name::takes)
                    .limit(ADDRESSES_MAX)
                    .toList();
            if (addresses.isEmpty()) {
                throw new UnknownHostException("no address of the family asked for");
            }
            found.complete(addresses);
        } catch (UnknownHostException unknown) {
            found.completeExceptionally(
                    new HostException(HostException.Reason.UNREACHABLE, "a name without an address", unknown));
        }
    }

    private static Thread thread(Runnable body) {
        Thread thread = new Thread(body, "sotto-names");
        thread.setDaemon(true);
        return thread;
    }
}
