package sotto.node.api;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A passphrase on its way to the vault. Prints as nothing; {@link #close()} wipes it. May be empty: then the vault is as open as its files. */
public final class Passphrase implements AutoCloseable {
    private final char[] characters;

    private Passphrase(char[] characters) {
        this.characters = characters;
    }

    /** Takes {@code characters} without a copy: the caller gives them away. */
    public static Passphrase owning(char[] characters) {
        return new Passphrase(characters);
    }

    public boolean isEmpty() {
        return characters.length == 0;
    }

    /** A copy of the characters, for the strength meter and the socket; the caller wipes it. */
    public char[] copy() {
        return characters.clone();
    }

    /** UTF-8, in an array that the caller wipes. */
    public byte[] utf8() {
        ByteBuffer buffer = ByteBuffer.allocate(characters.length * 4);
        CoderResult encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(characters), buffer, true);
        if (encoded.isError()) {
            throw new IllegalArgumentException("a passphrase is well-formed Unicode text");
        }
        byte[] bytes = Arrays.copyOf(buffer.array(), buffer.position());
        Arrays.fill(buffer.array(), (byte) 0);
        return bytes;
    }

    @Override
    public void close() {
        Arrays.fill(characters, '\0');
    }

    @Override
    public String toString() {
        return "Passphrase";
    }
}
