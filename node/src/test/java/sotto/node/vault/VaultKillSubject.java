package sotto.node.vault;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.runtime.EventLoop;
import sotto.libp2p.runtime.EventLoopThread;

/**
 * A process that writes to a vault without pause until it is killed: {@code VaultKillSubject HOME NOTES}. What it has submitted
 * and what was acknowledged to it stands in mapped memory, which outlives it.
 */
public final class VaultKillSubject {
    static final String TABLE = "rows";
    static final Bytes COUNTER = Bytes.utf8("counter");

    private static final int UNACKNOWLEDGED_MAX = 40;
    private static final int ROWS = 800;
    private static final int ERASE_EVERY = 97;

    private final EventLoop loop;
    private final Vault vault;
    private final Notes notes;
    private long submitted;
    private long acknowledged;

    private VaultKillSubject(EventLoop loop, Vault vault, Notes notes) {
        this.loop = loop;
        this.vault = vault;
        this.notes = notes;
        this.submitted = counter(vault);
        this.acknowledged = submitted;
    }

    /** Writes for ever; ends when the file of notes goes, in case nobody is there to kill it. */
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        Notes notes = new Notes(Path.of(arguments[1]));
        EventLoopThread loop = new EventLoopThread("subject");
        WatchedDisk disk = new WatchedDisk(new HomeDisk(home), notes);
        VaultEnvironment environment =
                new VaultEnvironment(loop, TestVaults.CRYPTO, VaultThreads.started(), TestVaults.SETTINGS);
        VaultStart start = new VaultStart(disk, environment);
        Vault vault = new VaultFiles(home, TestVaults.CRYPTO).exist()
                ? start.open(TestVaults.passphrase(""))
                : start.create(TestVaults.passphrase(""));
        VaultKillSubject subject = new VaultKillSubject(loop, vault, notes);
        loop.execute(() -> {
            notes.put(Notes.READY, 1);
            subject.writeMore();
        });
        // Nothing comes: the parent closes this when it ends, and then so does the process.
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }

    /** How many transactions there were. */
    static long counter(Vault vault) {
        return vault.read(tables -> tables.table(TABLE).get(COUNTER))
                .map(number -> number.asByteBuffer().getLong())
                .orElse(0L);
    }

    /** What transaction {@code number} does, to a vault or to a model of one. */
    static Map<Bytes, Bytes> puts(long number) {
        SplittableRandom random = new SplittableRandom(number);
        Map<Bytes, Bytes> puts = new HashMap<>();
        for (int row = 0; row < 1 + random.nextInt(4); row++) {
            byte[] value = new byte[random.nextInt(random.nextInt(30) == 0 ? 90_000 : 700)];
            random.nextBytes(value);
            puts.put(Bytes.utf8("row" + random.nextInt(ROWS)), Bytes.owning(value));
        }
        byte[] counter = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
        puts.put(COUNTER, Bytes.owning(counter));
        return puts;
    }

    /** The row that transaction {@code number} removes. */
    static Bytes removal(long number) {
        return Bytes.utf8("row" + new SplittableRandom(-number).nextInt(ROWS));
    }

    private void writeMore() {
        while (submitted - acknowledged < UNACKNOWLEDGED_MAX) {
            long number = ++submitted;
            notes.put(Notes.SUBMITTED, number);
            vault.write(transaction -> {
                        WritableTable table = transaction.table(TABLE);
                        table.remove(removal(number));
                        puts(number).forEach(table::put);
                    })
                    .thenRun(() -> acknowledged(number));
            if (number % ERASE_EVERY == 0) {
                vault.erase();
            }
        }
    }

    private void acknowledged(long number) {
        acknowledged = number;
        notes.put(Notes.ACKNOWLEDGED, number);
        loop.execute(this::writeMore);
    }

    /** A few numbers in mapped memory. Each is written by one thread. */
    static final class Notes {
        static final int READY = 0;
        static final int SUBMITTED = 1;
        static final int ACKNOWLEDGED = 2;
        /** Whether the disk thread is inside a commit: 1 between the first frame written and the end of its sync. */
        static final int COMMITTING = 3;
        /** The same for a checkpoint, and for the key file. */
        static final int CHECKPOINTING = 4;

        private static final int COUNT = 5;

        private final MappedByteBuffer mapped;

        Notes(Path file) throws IOException {
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, COUNT * Long.BYTES);
            }
        }

        void put(int which, long value) {
            mapped.putLong(which * Long.BYTES, value);
        }

        long get(int which) {
            return mapped.getLong(which * Long.BYTES);
        }
    }
}
