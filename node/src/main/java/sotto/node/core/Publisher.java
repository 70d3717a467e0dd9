package sotto.node.core;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.EventLoop;
import sotto.node.directory.PutSchedule;
import sotto.node.wire.Locator;

/**
 * Keeps our records in the directory as long as they should lie there: puts, looks whether they do, puts again, each at moments of
 * its own ({@code docs/protocol/directory.md}, "Owners"). Confined to the node loop.
 */
final class Publisher {
    /** How often it is looked whether other records are due, or our addresses have changed. */
    private static final Duration LOOK_AROUND = Duration.ofMinutes(1);

    /** Records that are put or read back at a time. */
    private static final int UNDER_WAY_MAX = 8;

    private final EventLoop loop;
    private final Publications publications;
    private final OwnRecords records;
    private final Directory directory;
    private final OwnProfile profile;
    private final Map<Publication, PutSchedule> schedules = new LinkedHashMap<>();
    private final Set<Publication> underWay = new HashSet<>();

    // Of those under way: what is being put may say what is no longer true.
    private final Set<Publication> outdated = new HashSet<>();

    // Who waits for the first put of a record.
    private final Map<Publication, CompletableFuture<Boolean>> waiting = new HashMap<>();

    // Whose servers were asked for what an earlier life of ours may have put there.
    private final Set<Locator> lookedUp = new HashSet<>();
    private Optional<EventLoop.Timer> timer = Optional.empty();
    private List<Multiaddr> addresses = List.of();
    private boolean isRunning;

    Publisher(Parts parts, Publications publications, OwnRecords records, Directory directory, OwnProfile profile) {
        this.loop = parts.loop();
        this.publications = publications;
        this.records = records;
        this.directory = directory;
        this.profile = profile;
    }

    void start() {
        isRunning = true;
        addresses = profile.addresses();
        refresh();
    }

    void stop() {
        isRunning = false;
        timer.ifPresent(EventLoop.Timer::cancel);
    }

    /** Looks what should lie in the directory now: after a contact or an invitation came, went or changed. */
    void refresh() {
        if (!isRunning) {
            return;
        }
        Set<Publication> wanted = publications.wanted();
        schedules.keySet().removeIf(old -> !wanted.contains(old) && forget(old));
        wanted.forEach(publication ->
                schedules.computeIfAbsent(publication, unknown -> PutSchedule.soon(loop.uptime(), loop.random())));
        if (!profile.addresses().equals(addresses)) {
            addresses = profile.addresses();
            schedules.replaceAll((publication, schedule) -> schedule.changed(loop.uptime(), loop.random()));
            outdated.addAll(underWay);
        }
        plan();
    }

    /** What a record says is no longer true. */
    void changed(Publication publication) {
        schedules.computeIfPresent(publication, (known, schedule) -> schedule.changed(loop.uptime(), loop.random()));
        if (underWay.contains(publication)) {
            outdated.add(publication);
        }
        plan();
    }

    /** Puts a record as soon as that can be, because somebody waits for it; completes once a server has it. */
    CompletionStage<Boolean> putNow(Publication fresh) {
        // Its key was drawn just now: nobody has put anything there before.
        lookedUp.add(fresh.locator());
        schedules.put(fresh, PutSchedule.atOnce(loop.uptime()));
        CompletableFuture<Boolean> taken = waiting.computeIfAbsent(fresh, unknown -> new CompletableFuture<>());
        plan();
        return taken;
    }

    /** True if servers have taken the record at {@code locator} since we started. */
    boolean isThere(Locator locator) {
        return schedules.entrySet().stream()
                .filter(entry -> entry.getKey().locator().equals(locator))
                .anyMatch(entry -> entry.getValue().lastPut().isPresent());
    }

    private boolean forget(Publication old) {
        records.forget(old.locator());
        lookedUp.remove(old.locator());
        waiting.remove(old);
        return true;
    }

    private void plan() {
        timer.ifPresent(EventLoop.Timer::cancel);
        timer = Optional.empty();
        if (!isRunning) {
            return;
        }
        Duration now = loop.uptime();
        Duration wait = schedules.entrySet().stream()
                .filter(entry -> !underWay.contains(entry.getKey()))
                .map(entry -> entry.getValue().due().minus(now))
                .min(Comparator.naturalOrder())
                .filter(soonest -> soonest.compareTo(LOOK_AROUND) < 0 && underWay.size() < UNDER_WAY_MAX)
                .orElse(LOOK_AROUND);
        timer = Optional.of(loop.schedule(wait.isNegative() ? Duration.ZERO : wait, this::onDue));
    }

    private void onDue() {
        Duration now = loop.uptime();
        List<Map.Entry<Publication, PutSchedule>> due = schedules.entrySet().stream()
                .filter(entry -> !underWay.contains(entry.getKey()))
                .filter(entry -> entry.getValue().due().compareTo(now) <= 0)
                .sorted(Map.Entry.comparingByValue(Comparator.comparing(PutSchedule::due)))
                .limit(Math.max(0, UNDER_WAY_MAX - underWay.size()))
                .map(Map.Entry::copyOf)
                .toList();
        due.forEach(entry -> step(entry.getKey(), entry.getValue().step()));
        refresh();
    }

    /** Does what is due, and sets what is next. */
    private void step(Publication publication, PutSchedule.Step step) {
        underWay.add(publication);
        attempted(publication, step).whenComplete((isDone, failure) -> {
            boolean isWell = failure == null && isDone;
            underWay.remove(publication);
            boolean isOutdated = outdated.remove(publication);
            schedules.computeIfPresent(publication, (known, schedule) -> {
                PutSchedule next = next(schedule, step, isWell);
                return isOutdated ? next.changed(loop.uptime(), loop.random()) : next;
            });
            if (step == PutSchedule.Step.PUT && isWell) {
                Optional.ofNullable(waiting.remove(publication)).ifPresent(taken -> taken.complete(true));
            }
            plan();
        });
    }

    private PutSchedule next(PutSchedule schedule, PutSchedule.Step done, boolean isWell) {
        if (schedule.step() != done) {
            // Something changed meanwhile: a put is due already.
            return schedule;
        }
        if (!isWell) {
            return schedule.failed(loop.uptime(), loop.random());
        }
        return done == PutSchedule.Step.PUT
                ? schedule.taken(loop.uptime(), loop.random())
                : schedule.seen(loop.random());
    }

    private CompletionStage<Boolean> attempted(Publication publication, PutSchedule.Step step) {
        try {
            return step == PutSchedule.Step.PUT ? put(publication) : readBack(publication);
        } catch (RuntimeException failed) {
            return CompletableFuture.failedFuture(failed);
        }
    }

    private CompletionStage<Boolean> put(Publication publication) {
        return lookUp(publication)
                .thenCompose(known -> records.of(publication))
                .thenCompose(record -> directory.put(publication.locator(), record))
                .thenApply(stored -> stored.servers() > 0);
    }

    /** Before the first put under a key: whoever comes out of a backup must put higher than it did before. */
    private CompletionStage<Boolean> lookUp(Publication publication) {
        if (lookedUp.contains(publication.locator())) {
            return CompletableFuture.completedFuture(true);
        }
        return directory.find(publication.locator()).thenApply(found -> lookedUp.add(publication.locator()));
    }

    private CompletionStage<Boolean> readBack(Publication publication) {
        return records.of(publication).thenCompose(ours -> directory.lies(publication.locator(), ours.sequence()));
    }
}
