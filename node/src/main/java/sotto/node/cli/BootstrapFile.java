package sotto.node.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.peer.Multiaddr;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;

/**
 * The file {@code bootstrap} in a home: servers of the directory to join by, one multiaddr a line, at most {@value #ENTRIES_MAX};
 * what is behind a {@code #} is a comment. UTF-8, at most {@value #BYTES_MAX} bytes. Stateless.
 */
final class BootstrapFile {
    static final String NAME = "bootstrap";
    static final int ENTRIES_MAX = 8;
    static final int BYTES_MAX = 4_096;

    private BootstrapFile() {}

    /** What the file in {@code home} names, in its order; nothing where there is none. {@link ApiException} for a mistake in it. */
    static List<Multiaddr> read(Path home) {
        Path file = home.resolve(NAME);
        List<Multiaddr> entries = new ArrayList<>();
        String[] lines = text(file).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String entry = withoutComment(lines[i]).strip();
            if (!entry.isEmpty()) {
                String place = file + ":" + (i + 1);
                if (entries.size() == ENTRIES_MAX) {
                    throw mistake(place, "more than " + ENTRIES_MAX + " addresses");
                }
                entries.add(address(place, entry));
            }
        }
        return entries;
    }

    private static String text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(BYTES_MAX + 1);
            if (bytes.length > BYTES_MAX) {
                throw mistake(file.toString(), "more than " + BYTES_MAX + " bytes");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (NoSuchFileException absent) {
            return "";
        } catch (CharacterCodingException binary) {
            throw mistake(file.toString(), "this is no text");
        } catch (IOException unreadable) {
            throw mistake(
                    file.toString(), "cannot be read (" + unreadable.getClass().getSimpleName() + ")");
        }
    }

    private static String withoutComment(String line) {
        int comment = line.indexOf('#');
        return comment < 0 ? line : line.substring(0, comment);
    }

    private static Multiaddr address(String place, String text) {
        try {
            return Multiaddr.parse(text);
        } catch (WireException malformed) {
            throw mistake(place, String.valueOf(malformed.getMessage()));
        }
    }

    private static ApiException mistake(String place, String message) {
        return new ApiException(new ApiError.BadArgument(place + ": " + message));
    }
}
