package sotto.node.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.SecretBytes;

/** A file of named values under {@code vectors/}, made by {@code reference.py} there. */
public final class Vector {
    private final Properties values = new Properties();

    public Vector(String name) {
        String path = "/vectors/" + name + ".properties";
        try (InputStream in = Objects.requireNonNull(Vector.class.getResourceAsStream(path), path)) {
            values.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public String text(String name) {
        return Objects.requireNonNull(values.getProperty(name), name);
    }

    public Bytes bytes(String name) {
        return Bytes.ofHex(text(name));
    }

    public List<Bytes> list(String name) {
        return Stream.of(text(name).split(" ")).map(Bytes::ofHex).toList();
    }

    public SecretBytes secret(String name) {
        return SecretBytes.copyOf(bytes(name));
    }

    public long number(String name) {
        return Long.parseLong(text(name));
    }

    /** A prekey id: 4 bytes. */
    public int id(String name) {
        return Integer.parseUnsignedInt(text(name), 16);
    }
}
