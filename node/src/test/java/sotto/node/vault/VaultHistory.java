package sotto.node.vault;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.runtime.VirtualLoop;
import sotto.node.api.Passphrase;

/**
 * One seeded life of a vault on a disk that loses power: transactions, erasures, changes of the passphrase, idle hours, closing
 * and opening, and power cuts in between. After each cut it must open, hold the state after some transaction that is not
 * older than the last acknowledged one, and lead nowhere with a root that an erasure ended.
 */
final class VaultHistory {
    private static final double[] LOSSES = {0, 0.03, 0.3, 0.7, 1};
    private static final String[] TABLES = {"first", "second"};
    private static final Bytes COUNTER = Bytes.utf8("counter");
    private static final int KEYS = 60;
    private static final List<SyncPoint> IN_CREATION =
            List.copyOf(EnumSet.range(SyncPoint.NAMES_BEGUN, SyncPoint.NAMES_DONE));

    private final RandomGenerator random;
    private final LossyDisk disk = new LossyDisk();
    private final List<Map<String, Bytes>> states = new ArrayList<>();
    private final List<SecretBytes> deadRoots = new ArrayList<>();
    private VirtualLoop loop = VirtualLoop.seeded(0);
    private Optional<Vault> vault = Optional.empty();
    private String passphrase = "first";
    private Optional<String> nextPassphrase = Optional.empty();
    private int acknowledged;
    private byte[] olderMain = new byte[0];

    VaultHistory(long seed) {
        random = new SplittableRandom(seed);
        states.add(Map.of());
    }

    LossyDisk disk() {
        return disk;
    }

    /** Lives it to the end; fails with what went wrong. */
    void play() throws Exception {
        create();
        olderMain = disk.bytes(VaultFileName.MAIN);
        for (int cut = 0; cut < 4; cut++) {
            disk.cutPowerAfter(1 + random.nextInt(120));
            live();
            crash();
            check();
        }
        vault().close();
    }

    /** Lives its beginning, in which the power goes. */
    void playCreation() throws Exception {
        create();
        vault().close();
    }

    private void create() throws Exception {
        int dice = random.nextInt(4);
        if (dice == 0) {
            disk.cutPowerAfter(1 + random.nextInt(25));
        } else if (dice == 1) {
            disk.cutPowerAt(IN_CREATION.get(random.nextInt(IN_CREATION.size())));
        }
        try {
            vault = Optional.of(start().create(TestVaults.passphrase(passphrase)));
            CompletableFuture<Void> first = vault().write(transaction -> {}).toCompletableFuture();
            loop.runUntilIdle();
            if (first.isDone() && !first.isCompletedExceptionally()) {
                crash();
                vault = Optional.of(start().open(TestVaults.passphrase(passphrase)));
                return;
            }
        } catch (VaultException refused) {
            require(disk.isOff(), "creating fails: " + refused.getMessage());
        }
        crash();
        try {
            vault = Optional.of(start().open(TestVaults.passphrase(passphrase)));
        } catch (VaultException absent) {
            require(absent.kind() == VaultException.Kind.ABSENT, "half a vault is taken for one: " + absent.kind());
            vault = Optional.of(start().create(TestVaults.passphrase(passphrase)));
        }
    }

    private void live() {
        int steps = 5 + random.nextInt(40);
        for (int step = 0; step < steps && !disk.isOff(); step++) {
            try {
                step();
            } catch (UncheckedVaultException | VaultException failed) {
                require(disk.isOff(), "the vault fails: " + failed.getMessage());
            }
        }
    }

    private void step() throws VaultException {
        int dice = random.nextInt(100);
        if (dice < 70) {
            write();
        } else if (dice < 78) {
            erase();
        } else if (dice < 82) {
            changePassphrase();
        } else if (dice < 90) {
            vault().close();
            if (!disk.isOff()) {
                acknowledged = states.size() - 1;
                vault = Optional.of(start().open(TestVaults.passphrase(passphrase)));
            }
        } else {
            loop.advance(VaultLimits.IDLE_BEFORE_CHECKPOINT.multipliedBy(2));
        }
        if (random.nextInt(3) > 0) {
            loop.runUntilIdle();
        }
    }

    private void write() {
        Map<String, Bytes> state = new HashMap<>(states.get(states.size() - 1));
        int number = states.size();
        vault().write(transaction -> {
                    int changes = 1 + random.nextInt(6);
                    for (int change = 0; change < changes; change++) {
                        change(transaction, state);
                    }
                    transaction.table(TABLES[0]).put(COUNTER, Bytes.utf8(Integer.toString(number)));
                })
                .thenRun(() -> acknowledged = Math.max(acknowledged, number));
        states.add(Map.copyOf(state));
    }

    private void change(Transaction transaction, Map<String, Bytes> state) {
        String table = TABLES[random.nextInt(TABLES.length)];
        Bytes key = Bytes.utf8("key-" + random.nextInt(KEYS));
        if (random.nextInt(3) == 0) {
            transaction.table(table).remove(key);
            state.remove(table + "/" + key.hex());
        } else {
            byte[] value = new byte[random.nextInt(random.nextInt(20) == 0 ? 30_000 : 300)];
            random.nextBytes(value);
            transaction.table(table).put(key, Bytes.copyOf(value));
            state.put(table + "/" + key.hex(), Bytes.owning(value));
        }
    }

    private void erase() {
        loop.runUntilIdle();
        if (disk.isOff()) {
            return;
        }
        SecretBytes root = rootInUse();
        vault().erase().thenRun(() -> deadRoots.add(root));
    }

    private void changePassphrase() {
        loop.runUntilIdle();
        if (disk.isOff()) {
            return;
        }
        SecretBytes root = rootInUse();
        String next = passphrase + random.nextInt(10);
        nextPassphrase = Optional.of(next);
        vault().changePassphrase(TestVaults.passphrase(passphrase), TestVaults.passphrase(next))
                .thenRun(() -> {
                    passphrase = next;
                    nextPassphrase = Optional.empty();
                    deadRoots.add(root);
                });
        loop.runUntilIdle();
    }

    private void crash() {
        loop.close();
        double loss = LOSSES[random.nextInt(LOSSES.length)];
        disk.powerOn(random, loss);
    }

    private void check() throws Exception {
        checkWithoutJournal();
        checkWithOlderMain();
        checkDeadRoots();
        vault = Optional.of(opened(disk));
        checkState();
        acknowledged = Integer.parseInt(counter(vault()));
        while (states.size() > acknowledged + 1) {
            states.remove(states.size() - 1);
        }
        checkDeadRoots();
        olderMain = disk.bytes(VaultFileName.MAIN);
    }

    /** What was acknowledged must not vanish silently even with the journal that holds it, and the marks that tell of it. */
    private void checkWithoutJournal() throws Exception {
        LossyDisk robbed = disk.copy();
        byte[] noise = new byte[robbed.bytes(VaultFileName.JOURNAL).length];
        random.nextBytes(noise);
        robbed.put(VaultFileName.JOURNAL, noise);
        if (random.nextBoolean()) {
            byte[] main = robbed.bytes(VaultFileName.MAIN);
            int marks = (int) Slots.offset(Slots.MARKS);
            System.arraycopy(noise, 0, main, marks, VaultFormat.SLOT_BYTES);
            robbed.put(VaultFileName.MAIN, main);
        }
        checkNothingIsLostSilently(robbed, "lost with the journal, and nobody says so");
    }

    /** Nor by putting back the main file alone as it was before the last power cut. */
    private void checkWithOlderMain() throws Exception {
        LossyDisk older = disk.copy();
        older.put(VaultFileName.MAIN, olderMain);
        checkNothingIsLostSilently(older, "lost with an older main file, and nobody says so");
    }

    private void checkNothingIsLostSilently(LossyDisk tampered, String otherwise) {
        try {
            require(Integer.parseInt(counter(opened(tampered))) >= acknowledged, otherwise);
        } catch (VaultException | UncheckedVaultException noticed) {
            // That is what must happen where anything that was acknowledged is missing.
            return;
        }
    }

    private Vault opened(LossyDisk from) throws VaultException {
        try {
            return startOn(from).open(TestVaults.passphrase(passphrase));
        } catch (VaultException refused) {
            boolean mayHaveChanged =
                    refused.kind() == VaultException.Kind.WRONG_PASSPHRASE && nextPassphrase.isPresent();
            if (!mayHaveChanged) {
                throw refused;
            }
            Vault changed = startOn(from).open(TestVaults.passphrase(nextPassphrase.get()));
            if (from == disk) {
                passphrase = nextPassphrase.get();
                nextPassphrase = Optional.empty();
            }
            return changed;
        }
    }

    private void checkState() {
        int number = Integer.parseInt(counter(vault()));
        require(number >= acknowledged, "acknowledged " + acknowledged + ", found " + number);
        require(number < states.size(), "found " + number + ", which was never written");
        Map<String, Bytes> found = new TreeMap<>();
        for (String table : TABLES) {
            vault().read(tables -> tables.table(table).withPrefix(Bytes.utf8("key-"), KEYS))
                    .forEach(row -> found.put(table + "/" + row.key().hex(), row.value()));
        }
        require(found.equals(states.get(number)), "state " + number + " is not what was written");
    }

    /** No root that an erasure ended may open a header, or be had from the key file. */
    private void checkDeadRoots() throws Exception {
        if (deadRoots.isEmpty()) {
            return;
        }
        List<KeyRing.Opened> records = records();
        HeaderSlots headers = new HeaderSlots(
                disk.open(VaultFileName.MAIN), records.get(0).record().fileId());
        for (SecretBytes root : deadRoots) {
            for (int slot : new int[] {Slots.HEADER_A, Slots.HEADER_B}) {
                require(headers.read(slot, root.copy()).isEmpty(), "an erased root still opens a header");
            }
            for (KeyRing.Opened record : records) {
                require(!record.root().key().equals(root), "an erased root is still in the key file");
            }
        }
    }

    private SecretBytes rootInUse() {
        try {
            List<KeyRing.Opened> records = records();
            return records.get(records.size() - 1).root().key();
        } catch (Exception impossible) {
            throw new AssertionError("the key file of an open vault opens", impossible);
        }
    }

    /** The records in the key file that either passphrase opens, in the order of their generations. */
    private List<KeyRing.Opened> records() throws Exception {
        VaultEnvironment environment = environment(VirtualLoop.seeded(7));
        KeyRing.Tools tools = environment.newTools();
        List<KeyRing.Opened> opened = new ArrayList<>();
        KeyFile file = new KeyFile(disk.open(VaultFileName.KEYS), tools.crypto(), tools.random());
        for (Map.Entry<KeyFile.Place, KeyRecord> entry : file.records().entrySet()) {
            for (String candidate :
                    nextPassphrase.map(next -> List.of(passphrase, next)).orElse(List.of(passphrase))) {
                try (Passphrase text = TestVaults.passphrase(candidate)) {
                    KeyRecord record = entry.getValue();
                    Optional<SecretBytes> unlockKey = new PassphraseUnlocking(text, TestVaults.CHEAP, tools)
                            .unlock(record.fileId(), record.slots().get(0));
                    unlockKey
                            .flatMap(key -> new KeyRing.Sealing(tools, key, entry.getKey()).root(record))
                            .ifPresent(root -> opened.add(new KeyRing.Opened(record, unlockKey.get(), root)));
                }
            }
        }
        opened.sort(Comparator.comparing(record -> record.record().generation()));
        return opened;
    }

    private static String counter(Vault vault) {
        return vault.read(tables -> tables.table(TABLES[0]).get(COUNTER))
                .map(VaultHistory::text)
                .orElse("0");
    }

    private static String text(Bytes utf8) {
        return StandardCharsets.UTF_8.decode(utf8.asByteBuffer()).toString();
    }

    private VaultStart start() {
        return startOn(disk);
    }

    private VaultStart startOn(LossyDisk on) {
        VirtualLoop fresh = VirtualLoop.seeded(random.nextLong());
        if (on == disk) {
            loop = fresh;
        }
        return new VaultStart(on, environment(fresh));
    }

    private static VaultEnvironment environment(VirtualLoop loop) {
        VaultSettings settings = new VaultSettings(TestVaults.CHEAP, any -> TestVaults.CHEAP, 48);
        return new VaultEnvironment(loop, TestVaults.CRYPTO, VaultThreads.none(), settings);
    }

    private Vault vault() {
        return vault.orElseThrow();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
