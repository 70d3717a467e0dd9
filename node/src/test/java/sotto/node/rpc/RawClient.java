package sotto.node.rpc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Speaks to a server byte by byte. */
final class RawClient implements AutoCloseable {
    private final SocketChannel socket;
    private final ByteBuffer read = ByteBuffer.allocate(1 << 16).limit(0);

    RawClient(Path home) throws IOException {
        socket = new NodeSocket(home).connect().orElseThrow();
    }

    void write(byte[] bytes) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(bytes);
        while (out.hasRemaining()) {
            socket.write(out);
        }
    }

    void line(String text) throws IOException {
        write((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** The next line; fails if the server hung up. */
    JsonObject reply() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next;
        while ((next = next()) != '\n') {
            assertTrue(next >= 0, "the server hung up");
            line.write(next);
        }
        return JsonParser.parseString(line.toString(StandardCharsets.UTF_8)).getAsJsonObject();
    }

    JsonObject ask(String request) throws IOException {
        line(request);
        return reply();
    }

    /** Whether the server hangs up instead of saying anything more. */
    boolean isHungUp() {
        try {
            return next() < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    private int next() throws IOException {
        if (!read.hasRemaining()) {
            read.clear();
            int count = socket.read(read);
            read.flip();
            if (count < 0) {
                return -1;
            }
        }
        return read.get() & 0xff;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
