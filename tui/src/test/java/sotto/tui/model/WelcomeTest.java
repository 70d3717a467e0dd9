package sotto.tui.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sotto.node.api.ApiError;
import sotto.node.api.Status;

/** Proves what the first-run and unlock screens do: a name, a passphrase that is warned about but never refused, a way out. */
final class WelcomeTest {
    private static final Key ENTER = new Key.Press(Key.Name.ENTER);
    private Step step = Welcome.blank().then();

    private WelcomeTest type(Object... keys) {
        for (Object key : keys) {
            Key typed = key instanceof Key k ? k : new Key.Text((String) key);
            step = Update.update(step.state(), new Signal.Typed(typed));
        }
        return this;
    }

    private Welcome welcome() {
        return assertInstanceOf(Welcome.class, step.state());
    }

    private void strengthIs(int score) {
        step = Update.update(
                step.state(), new Signal.StrengthCame(welcome().edition(), new Strength(score, "guessed at once")));
    }

    private Effect.Create creation() {
        assertEquals(1, step.effects().size());
        return assertInstanceOf(Effect.Create.class, step.effects().get(0));
    }

    @Test
    void aNameAndAPassphraseTwiceMakeTheAccount() {
        type("Alice", ENTER, "four random words here");
        strengthIs(4);
        type(ENTER, "four random words here", ENTER);
        assertEquals("Alice", creation().name().toString());
        assertEquals(
                "four random words here", new String(creation().passphrase().copy()));
        assertTrue(welcome().isCreating());
    }

    @Test
    void aNameIsNeeded() {
        type("  ", ENTER);
        assertEquals(Welcome.Field.NAME, welcome().field());
        assertTrue(!welcome().complaint().isEmpty());
    }

    @Test
    void aWeakPassphraseIsWarnedAboutOnceAndTaken() {
        type("Alice", ENTER, "hello");
        strengthIs(0);
        type(ENTER);
        assertEquals(WelcomeUpdate.WEAK_PASSPHRASE, welcome().complaint());
        type(ENTER, "hello", ENTER);
        assertEquals("hello", new String(creation().passphrase().copy()));
    }

    @Test
    void noPassphraseIsWarnedAboutOnceAndTaken() {
        type("Alice", ENTER, ENTER);
        assertEquals(WelcomeUpdate.NO_PASSPHRASE, welcome().complaint());
        type(ENTER);
        assertTrue(creation().passphrase().isEmpty());
    }

    @Test
    void skippingTheFieldsDoesNotSkipTheWarning() {
        type("Alice", new Key.Press(Key.Name.TAB), new Key.Press(Key.Name.TAB), ENTER);
        assertEquals(List.of(), step.effects());
        assertEquals(WelcomeUpdate.NO_PASSPHRASE, welcome().complaint());
    }

    @Test
    void twoDifferentPassphrasesAreNotTaken() {
        type("Alice", ENTER, "correct horse battery");
        strengthIs(4);
        type(ENTER, "correct horse bakery", ENTER);
        assertEquals(List.of(), step.effects());
        assertTrue(welcome().repeated().isEmpty());
    }

    @Test
    void anEstimateOfAnEarlierPassphraseIsNotTaken() {
        type("Alice", ENTER, "a");
        int before = welcome().edition();
        type("b");
        step = Update.update(step.state(), new Signal.StrengthCame(before, new Strength(4, "")));
        assertEquals(Strength.UNKNOWN, welcome().strength());
    }

    @Test
    void controlCLeavesAtAnyTime() {
        type("Alice", ENTER, "x", Key.control('c'));
        assertEquals(AppState.Left.wished(), step.state());
    }

    @Test
    void theTerminalCanBeHadBackAndPaintedAnewAtAnyTime() {
        Key suspend = Key.control('z');
        assertEquals(
                List.of(new Effect.Suspend()),
                type("Alice", ENTER, suspend).step.effects());
        assertEquals(List.of(new Effect.Repaint()), type(Key.control('l')).step.effects());
        assertEquals("Alice", welcome().name().text());
        step = Locked.blank().then();
        assertEquals(List.of(new Effect.Suspend()), type(suspend).step.effects());
    }

    @Test
    void aFailureIsSaidAndCanBeMended() {
        type("Alice", ENTER, ENTER, ENTER);
        step = Update.update(step.state(), new Signal.Failed(creation(), new ApiError.Failed("the disk is full")));
        assertEquals("The disk is full.", welcome().complaint());
        assertTrue(!welcome().isCreating());
    }

    @Test
    void aPastedLineEndDoesNotGetIntoThePassphrase() {
        type("Alice", ENTER, new Key.Paste("secret\n", false));
        assertEquals("secret", new String(welcome().passphrase().passphrase().copy()));
    }

    @Test
    void whatWasTypedIsWipedWhenTheAccountIsThere() {
        type("Alice", ENTER, "secret");
        HiddenLine typed = welcome().passphrase();
        Status open = new Status(Status.Life.OPEN, "", Optional.empty(), List.of(), 0, 0, 0, false, 0, "", 0);
        step = Update.update(step.state(), new Signal.StatusCame(open));
        assertInstanceOf(Chat.class, step.state());
        assertEquals("\0".repeat(6), new String(typed.passphrase().copy()));
    }

    @Test
    void aHiddenLineShowsOnlyItsLength() {
        assertEquals(
                "HiddenLine of 2", HiddenLine.empty().append("\ud83d\ude00x").toString());
    }

    @Test
    void aWrongPassphraseIsAskedForAgain() {
        step = Locked.blank().then();
        type("wrong", ENTER);
        Effect.Unlock unlock =
                assertInstanceOf(Effect.Unlock.class, step.effects().get(0));
        assertEquals("wrong", new String(unlock.passphrase().copy()));
        step = Update.update(step.state(), new Signal.Failed(unlock, new ApiError.WrongPassphrase()));
        Locked locked = assertInstanceOf(Locked.class, step.state());
        assertEquals("Wrong passphrase.", locked.complaint());
        assertTrue(locked.passphrase().isEmpty());
    }
}
