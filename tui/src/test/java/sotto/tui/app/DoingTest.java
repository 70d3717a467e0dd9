package sotto.tui.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import sotto.node.api.ApiError;
import sotto.node.api.DisplayName;
import sotto.node.api.Messenger;
import sotto.tui.model.Effect;
import sotto.tui.model.Signal;

/** Proves that whoever waits for a messenger that does not answer is told so, and gets back what they typed. */
final class DoingTest {
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();

    private static Messenger silent() {
        return (Messenger) Proxy.newProxyInstance(
                DoingTest.class.getClassLoader(),
                new Class<?>[] {Messenger.class},
                (proxy, method, arguments) -> new CompletableFuture<>());
    }

    private static final Doing.Lending NOTHING = new Doing.Lending() {
        @Override
        public void repaint() {}

        @Override
        public void suspend() {}
    };

    @Test
    void aCallThatIsNeverAnsweredFails() throws InterruptedException {
        Doing doing = new Doing(silent(), signals::add, Runnable::run, NOTHING).within(Duration.ofMillis(1));
        for (Effect effect : new Effect[] {
            new Effect.LoadStatus(),
            new Effect.Send(ScriptedMessenger.id(2), "hello"),
            new Effect.RemoveContact(ScriptedMessenger.id(2), DisplayName.of("Bob"))
        }) {
            effect.doneBy(doing);
            ApiError late = new ApiError.TimedOut("the node did not answer within 0 seconds");
            assertEquals(new Signal.Failed(effect, late), signals.poll(60, TimeUnit.SECONDS));
        }
    }
}
