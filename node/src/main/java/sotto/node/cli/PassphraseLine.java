package sotto.node.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.Passphrase;

/** Reads a passphrase as a line: UTF-8, up to a line feed (or CR LF) or the end. Leaves no copy behind. */
final class PassphraseLine {
    /** More than anybody types; bounds what is read of a file that holds something else. */
    static final int BYTES_MAX = 4096;

    private PassphraseLine() {}

    /** Byte by byte, so that what follows stays there for whoever reads it next. */
    static Passphrase read(InputStream in) throws IOException {
        byte[] line = new byte[BYTES_MAX];
        try {
            return decoded(ByteBuffer.wrap(line, 0, fill(line, in)));
        } finally {
            Arrays.fill(line, (byte) 0);
        }
    }

    private static int fill(byte[] line, InputStream in) throws IOException {
        int size = 0;
        int next = in.read();
        if (next < 0) {
            // An empty line is the choice of no passphrase; an end is a mistake, such as one line where two were to be
            // read.
            throw new ApiException(new ApiError.BadArgument("there is no passphrase to read"));
        }
        while (next >= 0 && next != '\n') {
            if (size == BYTES_MAX) {
                throw new ApiException(new ApiError.BadArgument("a passphrase has at most " + BYTES_MAX + " bytes"));
            }
            line[size++] = (byte) next;
            next = in.read();
        }
        return size > 0 && line[size - 1] == '\r' ? size - 1 : size;
    }

    private static Passphrase decoded(ByteBuffer line) throws IOException {
        CharBuffer characters = StandardCharsets.UTF_8.newDecoder().decode(line);
        char[] exact = new char[characters.remaining()];
        characters.get(exact);
        Arrays.fill(characters.array(), '\0');
        return Passphrase.owning(exact);
    }
}
