package sotto.bootstrap.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.Ed25519KeyPair;
import sotto.libp2p.crypto.SecretBytes;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;

/**
 * The key by which other hosts know this one, in a file that its owner alone can read: libp2p's own encoding of a private key
 * (peer-ids specification, "Keys"), so that the key of another libp2p program can be brought along. It holds the public key
 * too, so a damaged file is noticed.
 */
final class HostKeyFile {
    private static final Set<PosixFilePermission> OWNER_ALONE =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    /** Field 1, key type: 1, Ed25519. Field 2, data: 64 bytes. */
    private static final byte[] PREFIX = {0x08, 0x01, 0x12, 0x40};

    private static final int KEY_BYTES = 32;
    private static final int SIZE_BYTES = PREFIX.length + 2 * KEY_BYTES;

    private final Path path;
    private final Crypto crypto;

    HostKeyFile(Path path, Crypto crypto) {
        this.path = path;
        this.crypto = crypto;
    }

    /**
     * The key in the file, or a fresh one, durably in the file, where there is none. The caller closes it.
     *
     * @throws ApiException if others can read the file, or it holds no whole key; it is left as it is
     */
    Ed25519KeyPair readOrCreate(RandomGenerator random) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            create(random);
        }
        requirePrivate();
        return read();
    }

    private void requirePrivate() throws IOException {
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw refused("is no ordinary file");
        }
        Set<PosixFilePermission> found = EnumSet.noneOf(PosixFilePermission.class);
        found.addAll(Files.getPosixFilePermissions(path));
        found.removeAll(OWNER_ALONE);
        if (!found.isEmpty()) {
            throw refused("can be used by others than its owner; if nobody else has seen it: chmod 600 " + path);
        }
    }

    private Ed25519KeyPair read() throws IOException {
        byte[] content = new byte[SIZE_BYTES + 1];
        ByteBuffer buffer = ByteBuffer.wrap(content);
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            while (buffer.hasRemaining() && file.read(buffer) >= 0) {}
            if (buffer.position() != SIZE_BYTES) {
                throw damaged("has not the size of a key");
            }
            return decode(content);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private Ed25519KeyPair decode(byte[] content) {
        if (!Arrays.equals(content, 0, PREFIX.length, PREFIX, 0, PREFIX.length)) {
            throw damaged("is no Ed25519 key");
        }
        int middle = PREFIX.length + KEY_BYTES;
        SecretBytes seed = SecretBytes.owning(Arrays.copyOfRange(content, PREFIX.length, middle));
        Ed25519KeyPair key = crypto.ed25519KeyPair(seed);
        Bytes publicHalf = Bytes.owning(Arrays.copyOfRange(content, middle, SIZE_BYTES));
        if (!key.publicKey().bytes().equals(publicHalf)) {
            key.close();
            throw damaged("is damaged: its two halves do not belong together");
        }
        return key;
    }

    /** Written whole under another name first: a crash leaves no key or a whole one. */
    private void create(RandomGenerator random) throws IOException {
        Path unfinished = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        byte[] content = encodeFresh(random);
        try (FileChannel file = FileChannel.open(
                unfinished,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_ALONE))) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
            file.force(true);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
        try {
            // A link, because it never replaces a key that came in between.
            Files.createLink(path, unfinished);
        } catch (FileAlreadyExistsException sameMoment) {
            throw refused("came to be at this very moment");
        } finally {
            Files.deleteIfExists(unfinished);
        }
        Home.syncNames(path.resolveSibling("."));
    }

    private byte[] encodeFresh(RandomGenerator random) {
        try (Ed25519KeyPair key = crypto.generateEd25519(random)) {
            byte[] content = Arrays.copyOf(PREFIX, SIZE_BYTES);
            key.privateKey().use(seed -> {
                System.arraycopy(seed, 0, content, PREFIX.length, KEY_BYTES);
                return content;
            });
            key.publicKey().bytes().copyTo(content, PREFIX.length + KEY_BYTES);
            return content;
        }
    }

    private ApiException refused(String why) {
        return new ApiException(new ApiError.NotAllowed("the key file " + path + " " + why));
    }

    private ApiException damaged(String why) {
        return new ApiException(new ApiError.VaultDamaged("the key file " + path + " " + why));
    }
}
