package sotto.bench.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the tests of the house find what they check. They run in {@code bench/}, the last module of the build. */
final class Checkout {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final List<String> NOT_OURS = List.of("target", "node_modules", ".git");

    private Checkout() {}

    static RoomMap rooms() {
        return RoomMap.parse(lines(ROOT.resolve("docs/rooms.txt")));
    }

    /** The modules, as the parent pom names them. */
    static List<String> modules() {
        return lines(ROOT.resolve("pom.xml")).stream()
                .map(String::strip)
                .filter(line -> line.startsWith("<module>"))
                .map(line -> line.replaceAll("</?module>", ""))
                .toList();
    }

    /** Every file of ours whose name ends in {@code suffix}, sorted; nothing built, fetched or generated. */
    static List<Path> files(String suffix) {
        try (Stream<Path> paths = Files.walk(ROOT)) {
            return paths.filter(path -> path.toString().endsWith(suffix))
                    .filter(Checkout::isOurs)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOurs(Path path) {
        for (Path part : ROOT.relativize(path)) {
            if (NOT_OURS.contains(part.toString())) {
                return false;
            }
        }
        return true;
    }
}
