package sotto.bench.app;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import sotto.libp2p.HostBuilder;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.Connection;
import sotto.libp2p.host.Host;
import sotto.libp2p.host.Limits;
import sotto.libp2p.host.ProtocolId;
import sotto.libp2p.host.Stream;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.MachineClock;

/**
 * One end of the load that {@link Libp2pBenchmark} puts on a pair of our hosts, in a process of its own. {@code serve} prints
 * its address and serves until its input ends; {@code load ADDRESS SECONDS} measures and prints a line per figure, its name and
 * its value. {@code bench/js/load.mjs} is the same for js-libp2p.
 */
final class HostLoad {
    private static final ProtocolId ECHO = new ProtocolId("/bench/echo/1");
    private static final ProtocolId SINK = new ProtocolId("/bench/sink/1");
    private static final int PARALLEL = 8;
    private static final int PIECE_BYTES = 64 * 1024;
    private static final Limits MANY = Limits.STANDARD.withConnections(new Limits.Connections(
            4096,
            0,
            4096,
            new Limits.Pending(512, 512, 512),
            64,
            Limits.STANDARD.connections().arrivals()));

    private final Multiaddr server;
    private final Duration span;

    private HostLoad(Multiaddr server, Duration span) {
        this.server = server;
        this.span = span;
    }

    /** The process's entry. */
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("serve")) {
            serve();
        } else {
            new HostLoad(Multiaddr.parse(arguments[1]), Duration.ofSeconds(Long.parseLong(arguments[2]))).measure();
        }
    }

    private static void serve() throws Exception {
        try (Host host = newHost(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")))) {
            host.handle(ECHO, stream -> stream.read(new Echo(stream)));
            host.handle(SINK, stream -> stream.read(new Sink(stream)));
            System.out.println(await(host.start()).get(0).withPeer(host.id()));
            while (System.in.read() >= 0) {
                // Until whoever started this is done.
            }
        }
    }

    /** Everything twice: the first time warms the machine up. */
    private void measure() throws Exception {
        connectionsPerSecond(PARALLEL);
        print("connections-1", connectionsPerSecond(1));
        print("connections-8", connectionsPerSecond(PARALLEL));
        try (Host host = newHost(List.of())) {
            Connection connection = await(host.connect(server));
            print("round-trip-64", roundTripMicros(connection, 64));
            print("round-trip-1024", roundTripMicros(connection, 1024));
            print("round-trip-new-stream", newStreamMicros(connection));
            oneWayMegabytes(connection, 1);
            print("one-way-1", oneWayMegabytes(connection, 1));
            print("one-way-8", oneWayMegabytes(connection, PARALLEL));
        }
    }

    /** Secured and multiplexed connections, {@code parallel} hosts each making one after another. */
    private double connectionsPerSecond(int parallel) throws Exception {
        ExecutorService dialers = Executors.newFixedThreadPool(parallel);
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < parallel; i++) {
            work.add(this::connectRepeatedly);
        }
        int made = 0;
        Duration start = MachineClock.uptime();
        for (Future<Integer> outcome : dialers.invokeAll(work)) {
            made += outcome.get();
        }
        double seconds = secondsSince(start);
        dialers.shutdown();
        return made / seconds;
    }

    private int connectRepeatedly() throws Exception {
        int made = 0;
        try (Host host = newHost(List.of())) {
            for (Duration end = MachineClock.uptime().plus(span);
                    MachineClock.uptime().compareTo(end) < 0;
                    made++) {
                await(host.connect(server)).close();
            }
        }
        return made;
    }

    private double roundTripMicros(Connection connection, int sizeBytes) throws Exception {
        Asker asker = new Asker(await(connection.open(List.of(ECHO))), sizeBytes);
        medianMicros(asker::ask);
        return medianMicros(asker::ask);
    }

    private double newStreamMicros(Connection connection) throws Exception {
        Step step = () -> {
            Asker asker = new Asker(await(connection.open(List.of(ECHO))), 64);
            asker.ask();
            asker.stream.closeWrite();
        };
        medianMicros(step);
        return medianMicros(step);
    }

    private double oneWayMegabytes(Connection connection, int streams) throws Exception {
        Duration start = MachineClock.uptime();
        Duration end = start.plus(span);
        List<Writer> writers = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            writers.add(new Writer(await(connection.open(List.of(SINK))), end));
        }
        writers.forEach(Writer::begin);
        long bytes = 0;
        for (Writer writer : writers) {
            bytes += await(writer.arrived);
        }
        return bytes / 1e6 / secondsSince(start);
    }

    private double medianMicros(Step step) throws Exception {
        List<Double> micros = new ArrayList<>();
        for (Duration end = MachineClock.uptime().plus(span);
                MachineClock.uptime().compareTo(end) < 0; ) {
            Duration start = MachineClock.uptime();
            step.run();
            micros.add(secondsSince(start) * 1e6);
        }
        double[] sorted = micros.stream().mapToDouble(each -> each).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static Host newHost(List<Multiaddr> listen) {
        return new HostBuilder().limits(MANY).listen(listen).build();
    }

    private static double secondsSince(Duration start) {
        return MachineClock.uptime().minus(start).toNanos() / 1e9;
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get();
    }

    private static void print(String name, double value) {
        System.out.println(name + " " + value);
    }

    /** Something that is timed. */
    private interface Step {
        void run() throws Exception;
    }

    /** Sends and waits for as much to come back. */
    private static final class Asker implements Stream.Reader {
        private final Stream stream;
        private final Bytes question;
        // Written by whoever asks before it writes, read on the connection's loop.
        private volatile CompletableFuture<Void> answer = new CompletableFuture<>();
        private int received;

        Asker(Stream stream, int sizeBytes) {
            this.stream = stream;
            this.question = Bytes.owning(new byte[sizeBytes]);
            stream.read(this);
        }

        void ask() throws Exception {
            answer = new CompletableFuture<>();
            stream.write(question);
            answer.get();
        }

        @Override
        public void onBytes(Bytes bytes) {
            received += bytes.size();
            if (received == question.size()) {
                received = 0;
                answer.complete(null);
            }
        }

        @Override
        public void onEnd() {
            onReset();
        }

        @Override
        public void onReset() {
            answer.completeExceptionally(new IOException("the stream ended"));
        }
    }

    /** Writes until a moment, then waits until the other end has read it all. */
    private static final class Writer implements Stream.Reader {
        private static final Bytes PIECE = Bytes.owning(new byte[PIECE_BYTES]);

        private final Stream stream;
        private final Duration end;
        private final CompletableFuture<Long> arrived = new CompletableFuture<>();
        private long written;

        Writer(Stream stream, Duration end) {
            this.stream = stream;
            this.end = end;
        }

        void begin() {
            stream.read(this);
            writeNext();
        }

        private void writeNext() {
            if (MachineClock.uptime().compareTo(end) >= 0) {
                stream.closeWrite();
                return;
            }
            written += PIECE.size();
            stream.write(PIECE).thenRun(this::writeNext);
        }

        @Override
        public void onBytes(Bytes bytes) {
            // The other end has nothing to say but that it has read it all.
        }

        @Override
        public void onEnd() {
            arrived.complete(written);
        }

        @Override
        public void onReset() {
            arrived.completeExceptionally(new IOException("the stream was reset"));
        }
    }

    /** Sends back what comes. */
    private record Echo(Stream stream) implements Stream.Reader {
        @Override
        public void onBytes(Bytes bytes) {
            stream.write(bytes);
        }

        @Override
        public void onEnd() {
            stream.closeWrite();
        }

        @Override
        public void onReset() {}
    }

    /** Reads to the end and ends too. */
    private record Sink(Stream stream) implements Stream.Reader {
        @Override
        public void onBytes(Bytes bytes) {}

        @Override
        public void onEnd() {
            stream.closeWrite();
        }

        @Override
        public void onReset() {}
    }
}
