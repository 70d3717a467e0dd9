package sotto.node.core;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import sotto.libp2p.peer.Multiaddr;
import sotto.node.api.Contact;
import sotto.node.api.Messenger;
import sotto.node.api.Passphrase;

/**
 * The program that is killed: a whole node that writes to its one contact as fast as its vault allows. Every text that was
 * reported durable is noted in a file, and how many commits are under way in another; both outlive SIGKILL. It prints
 * {@code ready}, writes until its input ends, then waits until nothing is queued any more and prints {@code drained}.
 */
public final class KillSubject {
    private static final int IN_FLIGHT_MAX = 8;
    private static final Passphrase PASSPHRASE = Passphrase.owning("killed again and again".toCharArray());

    private final Messenger messenger;
    private final OutputStream durable;
    private final MappedByteBuffer underWay;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Semaphore room = new Semaphore(IN_FLIGHT_MAX);

    private KillSubject(Messenger messenger, OutputStream durable, MappedByteBuffer underWay) {
        this.messenger = messenger;
        this.durable = durable;
        this.underWay = underWay;
    }

    /** The files of a subject, beside its home. */
    record Places(Path home, Path durable, Path underWay) {
        static Places in(Path folder) {
            return new Places(folder.resolve("home"), folder.resolve("durable"), folder.resolve("underway"));
        }
    }

    static Passphrase passphrase() {
        return Passphrase.owning(PASSPHRASE.copy());
    }

    /** Arguments: the folder of its files, the address to listen on, and what its texts begin with. */
    public static void main(String[] arguments) throws Exception {
        Places files = Places.in(Path.of(arguments[0]));
        NodeConfig config = new NodeConfig(files.home(), List.of(Multiaddr.parse(arguments[1])), false, true);
        Messenger messenger = Node.start(config);
        await(messenger.unlock(passphrase()));
        try (OutputStream durable =
                        Files.newOutputStream(files.durable(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                FileChannel underWay = FileChannel.open(
                        files.underWay(),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            MappedByteBuffer mapped = underWay.map(FileChannel.MapMode.READ_WRITE, 0, Integer.BYTES);
            new KillSubject(messenger, durable, mapped).run(arguments[2]);
        }
        messenger.close();
    }

    private void run(String prefix) throws Exception {
        Contact contact = await(messenger.contacts()).get(0);
        say("ready");
        for (int number = 0; System.in.available() == 0; number++) {
            if (room.tryAcquire(100, TimeUnit.MILLISECONDS)) {
                write(contact, prefix + number);
            }
        }
        room.acquire(IN_FLIGHT_MAX);
        while (await(messenger.status()).outbox() > 0) {
            room.tryAcquire(100, TimeUnit.MILLISECONDS);
        }
        say("drained");
        while (System.in.read() >= 0) {
            // The other one may still have something to deliver: the end of input is the end.
        }
    }

    private void write(Contact contact, String text) {
        underWay.putInt(0, inFlight.incrementAndGet());
        messenger.send(contact.id(), text).whenComplete((message, failure) -> {
            underWay.putInt(0, inFlight.decrementAndGet());
            if (failure == null) {
                note(text);
            }
            room.release();
        });
    }

    /** One line in one write, which a channel's stream does whole whichever threads come. */
    private void note(String text) {
        try {
            durable.write((text + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException disk) {
            throw new IllegalStateException(disk);
        }
    }

    private static void say(String word) {
        System.out.println(word);
        System.out.flush();
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
