package sotto.libp2p.bytes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.function.Executable;

/**
 * Test vectors: text files on the class path under {@code vectors/}, whose first line tells the source. A vector is a paragraph
 * of lines {@code name = value}; values are hexadecimal unless a test says otherwise.
 */
public final class Vectors {
    private static final Pattern PARAGRAPH_END = Pattern.compile("\n\\s*\n");

    private Vectors() {}

    /** Checks every vector of {@code file} and reports all failures together. */
    public static void forEach(String file, Check check) {
        List<Vector> vectors = read(file);
        Assertions.assertFalse(vectors.isEmpty(), file);
        Assertions.assertAll(vectors.stream().map(vector -> (Executable) () -> check.check(vector)));
    }

    private static List<Vector> read(String file) {
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + file)) {
            if (in == null) {
                throw new AssertionError("no vectors in " + file);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return PARAGRAPH_END
                    .splitAsStream(text)
                    .map(Vectors::parse)
                    .filter(vector -> !vector.values.isEmpty())
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Vector parse(String paragraph) {
        Map<String, String> values = new LinkedHashMap<>();
        Arrays.stream(paragraph.split("\n", -1))
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .forEach(line -> {
                    int equals = line.indexOf('=');
                    values.put(
                            line.substring(0, equals).strip(),
                            line.substring(equals + 1).strip());
                });
        return new Vector(values);
    }

    /** One vector. */
    public record Vector(Map<String, String> values) {
        public String text(String name) {
            String value = values.get(name);
            if (value == null) {
                throw new AssertionError("a vector without " + name);
            }
            return value;
        }

        public Bytes bytes(String name) {
            return Bytes.ofHex(text(name));
        }
    }

    /** What must hold for a vector. */
    public interface Check {
        void check(Vector vector) throws Exception;
    }
}
