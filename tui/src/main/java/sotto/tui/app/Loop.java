package sotto.tui.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import sotto.node.api.ApiError;
import sotto.node.api.Messenger;
import sotto.tui.model.AppState;
import sotto.tui.model.Chat;
import sotto.tui.model.Effect;
import sotto.tui.model.Key;
import sotto.tui.model.Signal;
import sotto.tui.model.Step;
import sotto.tui.model.Update;
import sotto.tui.view.KeyDecoder;
import sotto.tui.view.Size;

/**
 * The UI thread: takes what others post, lets the model decide, paints when nothing more is waiting. It never blocks on anything
 * but its own queue. Keys come from a thread that reads the terminal, outcomes and events from the messenger's threads, sizes
 * and time from a timer's.
 */
final class Loop implements Doing.Lending {
    /** A terminal that is dragged tells many sizes; one is enough. */
    private static final long RESIZE_SETTLES_MILLIS = 30;

    /** How often the status bar is asked for anew. */
    private static final long STATUS_SECONDS = 3;

    private static final int READ_BYTES = 65_536;

    private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "sotto-ui-timer"));
    private final ScheduledExecutorService background =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "sotto-ui-background"));
    private final KeyDecoder decoder = new KeyDecoder();
    private final HeldTerminal terminal;
    private final InputStream in;
    private final Doing doing;
    private AppState state = new AppState.Starting();
    private @Nullable ScheduledFuture<?> impatience;
    private @Nullable ScheduledFuture<?> resizing;
    private int batches;
    private @Nullable IOException broken;

    Loop(Messenger messenger, HeldTerminal terminal, InputStream in) {
        this.terminal = terminal;
        this.in = in;
        this.doing = new Doing(messenger, signal -> queue.add(() -> handle(signal)), background, this);
    }

    /** Runs until the state is {@link AppState.Left}; returns why, or nothing if the person wished it. */
    Optional<ApiError> run() throws IOException {
        SystemSignals.on("WINCH", () -> queue.add(this::sizeChanged));
        SystemSignals.on("CONT", () -> queue.add(this::continued));
        daemon(this::readKeys, "sotto-ui-keys").start();
        ScheduledFuture<?> asking = timer.scheduleWithFixedDelay(
                () -> queue.add(this::askStatus), STATUS_SECONDS, STATUS_SECONDS, TimeUnit.SECONDS);
        try {
            apply(Update.start());
            while (!(state instanceof AppState.Left)) {
                paint();
                takeAll();
                if (broken != null) {
                    throw broken;
                }
            }
            return ((AppState.Left) state).why();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(new ApiError.Failed("interrupted"));
        } finally {
            asking.cancel(false);
            timer.shutdownNow();
            background.shutdownNow();
            doing.endSubscription();
        }
    }

    /** Waits for one thing, then does all that came with it: a burst of events is one frame. */
    private void takeAll() throws InterruptedException {
        Runnable next = queue.take();
        while (next != null && !(state instanceof AppState.Left)) {
            next.run();
            next = queue.poll();
        }
    }

    private void handle(Signal signal) {
        apply(Update.update(state, signal));
    }

    private void apply(Step step) {
        state = step.state();
        for (Effect effect : step.effects()) {
            effect.doneBy(doing);
        }
    }

    /** Paints, and lets the model know where things came to stand; that may ask for more, but paints nothing new by itself. */
    private void paint() throws IOException {
        Signal settled = terminal.window().paint(state);
        if (state instanceof Chat) {
            handle(settled);
        }
    }

    /** What no event tells of. */
    private void askStatus() {
        if (state instanceof Chat) {
            doing.loadStatus();
            doing.loadKnocks();
        }
    }

    private void readKeys() {
        byte[] buffer = new byte[READ_BYTES];
        try {
            int length = in.read(buffer);
            while (length >= 0) {
                byte[] bytes = Arrays.copyOf(buffer, length);
                queue.add(() -> keysCame(bytes));
                length = in.read(buffer);
            }
            queue.add(() -> state = AppState.Left.because(new ApiError.Failed("the terminal was closed")));
        } catch (IOException e) {
            queue.add(() -> broken = e);
        } finally {
            // A passphrase may have gone through here.
            Arrays.fill(buffer, (byte) 0);
        }
    }

    private void keysCame(byte[] bytes) {
        typed(decoder.feed(bytes, bytes.length));
        Arrays.fill(bytes, (byte) 0);
        if (impatience != null) {
            impatience.cancel(false);
        }
        int batch = ++batches;
        impatience = decoder.patience()
                .<ScheduledFuture<?>>map(patience -> timer.schedule(
                        () -> queue.add(() -> noMoreKeysAfter(batch)), patience.toMillis(), TimeUnit.MILLISECONDS))
                .orElse(null);
    }

    /** Unless something came while this was waiting its turn. */
    private void noMoreKeysAfter(int batch) {
        if (batch == batches) {
            typed(decoder.giveUp());
        }
    }

    private void typed(List<Key> keys) {
        keys.forEach(key -> handle(new Signal.Typed(key)));
    }

    private void sizeChanged() {
        if (resizing != null) {
            resizing.cancel(false);
        }
        resizing = timer.schedule(this::measure, RESIZE_SETTLES_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** On the timer's thread: asking the system takes longer than a frame. */
    private void measure() {
        try {
            Size size = terminal.tty().measured();
            queue.add(() -> terminal.window().resize(size));
        } catch (IOException e) {
            queue.add(() -> broken = e);
        }
    }

    private void continued() {
        timer.execute(() -> {
            try {
                terminal.continued();
                queue.add(this::repaint);
                measure();
            } catch (IOException e) {
                queue.add(() -> broken = e);
            }
        });
    }

    @Override
    public void repaint() {
        terminal.window().repaint();
    }

    @Override
    public void suspend() {
        try {
            terminal.suspend();
            sizeChanged();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
