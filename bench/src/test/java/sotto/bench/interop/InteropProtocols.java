package sotto.bench.interop;

import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.host.Host;
import sotto.libp2p.host.ProtocolHandler;
import sotto.libp2p.host.ProtocolId;
import sotto.libp2p.host.Stream;

/** The protocols that both ends of the interop test serve; {@code bench/js/protocols.mjs} has the same, under the same names. */
final class InteropProtocols {
    /** Sends back what it reads, and ends when the other end does. */
    static final ProtocolId ECHO = new ProtocolId("/sotto-interop/echo/1");
    /** Reads to the end, then answers with a line of JSON: {"sizeBytes", "sha256"}. Proves half-close. */
    static final ProtocolId COUNT = new ProtocolId("/sotto-interop/count/1");
    /** Like COUNT, but does not begin to read before it is told to. */
    static final ProtocolId SLOW = new ProtocolId("/sotto-interop/slow/1");
    /** Resets the stream at the first byte. */
    static final ProtocolId RESET = new ProtocolId("/sotto-interop/reset/1");
    /** Reads and remembers whether the other end reset the stream. */
    static final ProtocolId WATCH = new ProtocolId("/sotto-interop/watch/1");

    /** Streams whose reader waits to be told. */
    final BlockingQueue<Stream> slow = new LinkedBlockingQueue<>();
    /** For each watched stream that is over, whether it was reset. */
    final BlockingQueue<Boolean> watched = new LinkedBlockingQueue<>();

    void serve(Host host) {
        Map<ProtocolId, ProtocolHandler> handlers = Map.of(
                ECHO, stream -> stream.read(new Echo(stream)),
                COUNT, InteropProtocols::count,
                SLOW,
                        stream -> {
                            stream.setReading(false);
                            slow.add(stream);
                            count(stream);
                        },
                RESET, stream -> stream.read(new Resetting(stream)),
                WATCH, stream -> stream.read(new Watching(stream)));
        handlers.forEach(host::handle);
    }

    private static void count(Stream stream) {
        CompletionStage<Collector.Read> reading = Collector.readToEnd(stream);
        reading.thenAccept(read -> {
            String answer = "{\"sizeBytes\":" + read.sizeBytes() + ",\"sha256\":\""
                    + read.sha256().hex() + "\"}\n";
            stream.write(Bytes.utf8(answer));
            stream.closeWrite();
        });
    }

    private record Echo(Stream stream) implements Stream.Reader {
        @Override
        public void onBytes(Bytes bytes) {
            stream.setReading(false);
            stream.write(bytes).thenRun(() -> stream.setReading(true));
        }

        @Override
        public void onEnd() {
            stream.closeWrite();
        }

        @Override
        public void onReset() {}
    }

    private record Resetting(Stream stream) implements Stream.Reader {
        @Override
        public void onBytes(Bytes bytes) {
            stream.reset();
        }

        @Override
        public void onEnd() {}

        @Override
        public void onReset() {}
    }

    private final class Watching implements Stream.Reader {
        private final Stream stream;

        Watching(Stream stream) {
            this.stream = stream;
        }

        @Override
        public void onBytes(Bytes bytes) {}

        @Override
        public void onEnd() {
            stream.closeWrite();
            watched.add(false);
        }

        @Override
        public void onReset() {
            watched.add(true);
        }
    }
}
