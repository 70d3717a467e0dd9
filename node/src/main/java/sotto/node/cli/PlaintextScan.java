package sotto.node.cli;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks for texts in files, as UTF-8 and as UTF-16 of both orders. Immutable.
 */
final class PlaintextScan {
    static final List<Charset> ENCODINGS =
            List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);

    private final List<Needle> needles = new ArrayList<>();

    /** Which two first bytes some needle has: what all other places in a file are dismissed by. */
    private final boolean[] isBeginning = new boolean[1 << 16];

    /** A text in one of its encodings. */
    private static final class Needle {
        private final String text;
        private final byte[] bytes;

        Needle(String text, byte[] bytes) {
            this.text = text;
            this.bytes = bytes;
        }
    }

    PlaintextScan(List<String> texts) {
        for (String text : texts) {
            for (Charset encoding : ENCODINGS) {
                byte[] bytes = text.getBytes(encoding);
                if (bytes.length < 2) {
                    throw new IllegalArgumentException("a text that short is found everywhere");
                }
                needles.add(new Needle(text, bytes));
                isBeginning[pair(bytes, 0)] = true;
            }
        }
    }

    /** The texts that are in one of the files below {@code folder}. */
    Set<String> below(Path folder) throws IOException {
        Set<String> found = new HashSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                found.addAll(in(Files.readAllBytes(file)));
            }
        }
        return found;
    }

    Set<String> in(byte[] content) {
        Set<String> found = new HashSet<>();
        for (int at = 0; at + 1 < content.length; at++) {
            if (isBeginning[pair(content, at)]) {
                addAt(content, at, found);
            }
        }
        return found;
    }

    private void addAt(byte[] content, int at, Set<String> found) {
        for (Needle needle : needles) {
            int end = at + needle.bytes.length;
            if (end <= content.length && Arrays.equals(content, at, end, needle.bytes, 0, needle.bytes.length)) {
                found.add(needle.text);
            }
        }
    }

    private static int pair(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }
}
