package sotto.tui.app;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import sotto.node.api.Contact;
import sotto.node.api.ContactPath;
import sotto.node.api.Message;
import sotto.node.api.MessageState;
import sotto.node.api.Status;

/** The UI on a scripted messenger, to be looked at: {@code absent}, {@code locked} or {@code open} as the one argument. */
final class Rehearsal {
    private Rehearsal() {}

    public static void main(String[] arguments) {
        String scene = arguments.length == 0 ? "open" : arguments[0];
        ScriptedMessenger messenger =
                new ScriptedMessenger(scene.equals("absent") ? Status.Life.ABSENT : Status.Life.OPEN);
        if (!scene.equals("absent")) {
            play(messenger);
        }
        if (scene.equals("locked")) {
            messenger.lockWith("secret");
        }
        Ui.onThisTerminal(System.getenv("NO_COLOR") == null).run(messenger);
        System.out.println("the terminal is yours again");
        System.exit(0);
    }

    private static void play(ScriptedMessenger messenger) {
        Contact bob = messenger.acquaint(2, "Bob", ContactPath.DIRECT);
        Contact carol = messenger.acquaint(3, "Carol \ud83c\udf3f", ContactPath.OFFLINE);
        messenger.acquaint(4, "B\u043eb", ContactPath.LAN, "Bob");
        Contact kenji = messenger.acquaint(5, "\u5065\u4e8c", ContactPath.LAN);
        messenger.markVerified(carol.id(), true);
        for (int i = 1; i <= 300; i++) {
            messenger.receive(
                    carol.id(),
                    "message number " + i
                            + (i % 7 == 0 ? " with more words than fit in one row of the pane, so that it wraps" : ""));
        }
        messenger.receive(
                kenji.id(),
                "\u660e\u65e5\u306e\u5348\u5f8c\u3001\u99c5\u524d\u3067\u4f1a\u3044\u307e\u3057\u3087\u3046\u3002\u96e8\u304c\u964d\u3063\u305f\u3089\u96fb\u8a71\u3057\u3066\u304f\u3060\u3055\u3044\u3002");
        messenger.receive(bob.id(), "Did you get home well?");
        deliver(
                messenger,
                messenger
                        .send(bob.id(), "Yes, just now. The train was late again \ud83d\ude44")
                        .toCompletableFuture()
                        .join());
        messenger.receive(
                bob.id(),
                "Of course it was. \ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 say hello \ud83d\udc4b\ud83c\udffd\nand \ud83c\udde9\ud83c\uddea \u2764\ufe0f cafe\u0301");
        messenger
                .send(bob.id(), "I will bring the maps on Thursday.")
                .toCompletableFuture()
                .join();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(r -> {
            Thread thread = new Thread(r);
            thread.setDaemon(true);
            return thread;
        });
        var unused = timer.schedule(() -> messenger.receive(carol.id(), "are you there?"), 3, TimeUnit.SECONDS);
    }

    private static void deliver(ScriptedMessenger messenger, Message message) {
        messenger.settle(message, new MessageState.Delivered(ScriptedMessenger.NOON));
    }
}
