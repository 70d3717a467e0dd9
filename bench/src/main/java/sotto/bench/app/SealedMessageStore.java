package sotto.bench.app;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.runtime.EventLoopThread;
import sotto.node.api.Passphrase;
import sotto.node.vault.TimedOpening;
import sotto.node.vault.Transaction;
import sotto.node.vault.Vault;
import sotto.node.vault.VaultFiles;
import sotto.node.vault.WritableTable;

/** The vault as the product uses it, on a loop and threads of its own. */
final class SealedMessageStore implements MessageStore {
    private static final String TABLE = "messages";
    private static final int KEY_BYTES = Integer.BYTES + Long.BYTES;

    private final EventLoopThread loop = new EventLoopThread("bench-vault");
    private final Path home;
    private Vault vault;

    SealedMessageStore(Path home) throws Exception {
        this.home = home;
        try (Passphrase passphrase = passphrase()) {
            this.vault = new VaultFiles(home, CryptoChoice.fastest()).create(passphrase, loop, failed -> {});
        }
    }

    @Override
    public long commit(List<Text> texts) throws Exception {
        return onLoop(() -> {
                    long before = System.nanoTime();
                    return vault.write(transaction -> put(transaction, texts))
                            .thenApply(durable -> System.nanoTime() - before);
                })
                .toCompletableFuture()
                .get();
    }

    private static void put(Transaction transaction, List<Text> texts) {
        WritableTable table = transaction.table(TABLE);
        texts.forEach(text -> table.put(key(text.conversation(), text.position()), Bytes.utf8(text.text())));
    }

    @Override
    public Page newest(int conversation, int limit) {
        return onLoop(() -> {
            long before = System.nanoTime();
            List<String> texts = vault
                    .read(tables ->
                            tables.table(TABLE).descending(key(conversation, 0), key(conversation + 1, 0), limit))
                    .stream()
                    .map(row -> new String(row.value().toArray(), StandardCharsets.UTF_8))
                    .toList();
            return new Page(texts, System.nanoTime() - before);
        });
    }

    @Override
    public Opening reopen() throws Exception {
        closeVault();
        try (Passphrase passphrase = passphrase()) {
            long before = System.nanoTime();
            TimedOpening opening = TimedOpening.of(home, CryptoChoice.fastest(), passphrase, loop);
            vault = opening.vault();
            return new Opening(System.nanoTime() - before, opening.derivation().toNanos());
        }
    }

    @Override
    public long sizeBytes() throws Exception {
        return TemporaryFolder.sizeBytes(home);
    }

    @Override
    public void close() {
        closeVault();
        loop.close();
    }

    private void closeVault() {
        CompletableFuture.runAsync(vault::close, loop).join();
    }

    private <T> T onLoop(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, loop).join();
    }

    private static Bytes key(int conversation, long position) {
        return Bytes.owning(ByteBuffer.allocate(KEY_BYTES)
                .putInt(conversation)
                .putLong(position)
                .array());
    }

    private static Passphrase passphrase() {
        return Passphrase.owning("correct horse battery staple".toCharArray());
    }
}
