package sotto.tui.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sotto.node.api.Contact;
import sotto.node.api.DisplayName;
import sotto.node.api.Message;
import sotto.node.api.MessageState;
import sotto.node.api.Status;
import sotto.tui.model.AppState;
import sotto.tui.model.Chat;
import sotto.tui.model.Key;
import sotto.tui.model.Line;
import sotto.tui.model.Notice;
import sotto.tui.model.Panel;
import sotto.tui.model.Panel.Paragraph;
import sotto.tui.model.Scroll;
import sotto.tui.model.Signal;
import sotto.tui.model.Signal.Settled;
import sotto.tui.model.Strength;
import sotto.tui.model.Update;
import sotto.tui.model.Welcome;

/** Proves what stands on the screen, and that getting it there writes little and only our own words. */
final class WindowTest {
    private static final Size USUAL = new Size(80, 24);
    private static final Size SMALL = new Size(40, 12);
    private static final String FAMILY = "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67";

    private static List<Message> numbered(int count) {
        List<Message> messages = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            messages.add(Scenes.received(i, "number " + i));
        }
        return messages;
    }

    private static Chat scrolled(int count, Scroll scroll) {
        return Scenes.chat("Alice", List.of(Scenes.contact(1, DisplayName.of("Bob"))), numbered(count), scroll);
    }

    @Test
    void aFrameIsOneWriteBetweenItsMarksAndASecondPaintingWritesNothing() throws IOException {
        Painted painted = new Painted(USUAL);
        painted.takeBytes();
        painted.paint(Scenes.withBob("hello"));
        assertEquals(1, painted.writes);
        String frame = new String(painted.takeBytes(), StandardCharsets.UTF_8);
        assertTrue(frame.startsWith("\u001b[?2026h") && frame.endsWith("\u001b[?2026l"));
        painted.paint(Scenes.withBob("hello"));
        assertEquals(0, painted.takeBytes().length);
    }

    @Test
    void aTypedLetterWritesItsCellAlone() throws IOException {
        Painted painted = new Painted(USUAL);
        Chat chat = Scenes.withBob("hello");
        painted.paint(Scenes.with(chat, Line.of("hello worl")));
        painted.takeBytes();
        painted.paint(Scenes.with(chat, Line.of("hello world")));
        String frame = new String(painted.takeBytes(), StandardCharsets.UTF_8);
        assertTrue(frame.length() < 80, frame.length() + " characters");
        assertTrue(frame.contains("d"));
    }

    @Test
    void opensAndClosesTheTerminalAsItWas() throws IOException {
        Painted painted = new Painted(USUAL);
        painted.paint(Scenes.withBob("hello"));
        painted.takeBytes();
        painted.window.close();
        String end = new String(painted.takeBytes(), StandardCharsets.UTF_8);
        for (String mode : List.of("?2026l", "?7h", "?2004l", "?25h", "?1049l", "[0m")) {
            assertTrue(end.contains(mode), mode);
        }
        painted.paint(Scenes.withBob("too late"));
        assertEquals(0, painted.takeBytes().length);
    }

    @Test
    void writesNoColoursWhereNoneAreWished() throws IOException {
        Painted painted = new Painted(USUAL, false);
        painted.paint(Scenes.withBob("hello"));
        String frame = new String(painted.takeBytes(), StandardCharsets.UTF_8);
        assertFalse(frame.matches("(?s).*\u001b\\[[0-9;]*3[0-7]m.*"), "a colour");
        assertTrue(frame.contains("\u001b[0;1m"), "bold stays");
    }

    @ParameterizedTest
    @CsvSource({"80,24", "40,12", "200,60", "20,6", "5,3", "1,1", "61,17"})
    void everyScreenFitsEverySize(int columns, int rows) throws IOException {
        Painted painted = new Painted(new Size(columns, rows));
        Chat chat = Scenes.withBob("hello", FAMILY.repeat(30), "\u6f22\u5b57".repeat(50), "a b ".repeat(40));
        List<Paragraph> paragraphs = List.of(
                Paragraph.prose("some words"),
                Paragraph.whole("x".repeat(300)),
                Paragraph.digits("12345 67890"),
                Paragraph.pairs(List.of("a\tb")));
        painted.paint(Scenes.with(chat, Line.of("\u6f22".repeat(100))));
        painted.paint(Scenes.with(chat, new Panel("Title", paragraphs)));
        painted.paint(Scenes.with(chat, Notice.warning("something happened ".repeat(20))));
        painted.paint(Welcome.blank());
        Grammar.check(painted.takeBytes());
        assertEquals(rows, painted.rows().size());
    }

    /** Paints what the keys, texts and signals lead to; what is wrapped on the screen is one line again. */
    private static String firstScreen(Size size, Object... done) throws IOException {
        AppState state = Welcome.blank();
        for (Object one : done) {
            Signal signal = one instanceof Signal s
                    ? s
                    : new Signal.Typed(one instanceof Key key ? key : new Key.Text((String) one));
            state = Update.update(state, signal).state();
        }
        Painted painted = new Painted(size);
        painted.paint(state);
        return unwrapped(painted);
    }

    private static String unwrapped(Painted painted) {
        return String.join(" ", painted.text().strip().split("\\s+", -1));
    }

    @ParameterizedTest
    @CsvSource({"80,24", "40,12", "200,60"})
    void theFirstScreenIsWholeInEverySize(int columns, int rows) throws IOException {
        Size size = new Size(columns, rows);
        Key enter = new Key.Press(Key.Name.ENTER);
        String keys = "Ctrl+C: leave";
        String start = firstScreen(size);
        assertTrue(start.contains("people you write to.") && start.endsWith(keys), start);
        String without = firstScreen(size, "Alice", enter, enter);
        assertTrue(without.contains("Enter again to go on without.") && without.endsWith(keys), without);
        List<String> ratings = List.of(
                "very weak: guessed at once",
                "weak: guessed in 59 minutes",
                "fair: guessed in 12 months",
                "good: guessed in 31 years",
                "very good: guessed in centuries");
        for (String rating : ratings) {
            String advice = rating.substring(rating.indexOf(": ") + 2);
            Signal measured = new Signal.StrengthCame(1, new Strength(ratings.indexOf(rating), advice));
            String rated = firstScreen(size, "Alice", enter, "x", measured);
            assertTrue(rated.contains(" " + rating + " Once more") && rated.endsWith(keys), rated);
            String chosen = firstScreen(size, "Alice", enter, "x", measured, enter);
            assertTrue(chosen.endsWith(keys), chosen);
        }
    }

    @ParameterizedTest
    @CsvSource({"80,24", "40,12", "200,60"})
    void whatToDoIsSaidWholeInEverySize(int columns, int rows) throws IOException {
        Painted painted = new Painted(new Size(columns, rows));
        Status status = new Status(Status.Life.OPEN, "", Optional.empty(), List.of(), 0, 0, 0, false, 0, "", 0);
        painted.paint(Update.update(Update.start().state(), new Signal.StatusCame(status))
                .state());
        String nobody = unwrapped(painted);
        for (String line : List.of("make a code for somebody", "use somebody's code", "everything else")) {
            assertTrue(nobody.contains(line), nobody);
        }
        String tip = "Tip: \u201cBob of the harbour, far away\u201d looks like your contact \u201cBob of the harbour,"
                + " far away\u201d. Not the same person unless /safety says so.";
        painted.paint(Scenes.with(Scenes.withBob("hello"), Notice.warning(tip)));
        assertTrue(unwrapped(painted).contains(tip), painted.text());
    }

    @ParameterizedTest
    @CsvSource({"80,24", "40,12", "200,60"})
    void aCodeThatNobodyAnsweredYetIsShownAsWaitingWithWhatComesNext(int columns, int rows) throws IOException {
        Painted painted = new Painted(new Size(columns, rows));
        Status status = new Status(Status.Life.OPEN, "", Optional.empty(), List.of(), 0, 0, 0, false, 0, "", 0);
        Chat nobody = (Chat) Update.update(Update.start().state(), new Signal.StatusCame(status))
                .state();
        painted.paint(Scenes.waiting(nobody, 1));
        String text = unwrapped(painted);
        assertTrue(text.contains("1 code waits"), text);
        painted.paint(Scenes.waiting(Scenes.withBob("hello"), 2));
        assertTrue(painted.text().contains("2 codes wait"), painted.text());
        assertTrue(painted.text().contains("Bob hello"), painted.text());
    }

    @Test
    void whoWaitsForAFirstContactReadsWhatHappensNext() throws IOException {
        Chat nobody = (Chat) Update.update(
                        Update.start().state(),
                        new Signal.StatusCame(new Status(
                                Status.Life.OPEN, "", Optional.empty(), List.of(), 0, 0, 0, false, 0, "", 0)))
                .state();
        Painted painted = new Painted(SMALL);
        painted.paint(Scenes.waiting(nobody, 1));
        String text = unwrapped(painted);
        assertTrue(text.contains("The code you added is not answered yet."), text);
        assertTrue(text.contains("online at the same time.") && text.contains("/requests"), text);
    }

    @Test
    void whatWaitsStandsUnderAsManyContactsAsThereIsRoomFor() throws IOException {
        List<Contact> contacts = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            contacts.add(Scenes.contact(i, DisplayName.of("Contact " + i)));
        }
        Painted painted = new Painted(USUAL);
        painted.paint(Scenes.waiting(Scenes.chat("Alice", contacts, numbered(1), Scroll.NEWEST), 1));
        List<String> rows = painted.rows();
        assertTrue(rows.get(19).contains("Contact 18"), painted.text());
        assertTrue(rows.get(20).contains("1 code waits"), painted.text());
    }

    @Test
    void growsAndShrinksWithTheTerminal() throws IOException {
        Painted painted = new Painted(USUAL);
        Chat chat = Scenes.with(Scenes.withBob("hello"), Line.of("x".repeat(78)));
        for (Size size : List.of(SMALL, new Size(200, 60), new Size(3, 2), USUAL)) {
            painted.window.resize(size);
            painted.paint(chat);
            assertEquals(size.rows(), painted.rows().size());
            Grammar.check(painted.takeBytes());
        }
        assertTrue(painted.text().contains("Bob hello"));
    }

    @Test
    void showsWhereEachMessageIs() throws IOException {
        Painted painted = new Painted(USUAL);
        List<Message> messages = List.of(
                Scenes.message(1, true, "first", new MessageState.Queued()),
                Scenes.message(2, true, "second", new MessageState.Delivered(Scenes.NOON)),
                Scenes.message(3, true, "third", new MessageState.Failed("expired")));
        painted.paint(Scenes.chat("Alice", List.of(Scenes.contact(1, DisplayName.of("Bob"))), messages, Scroll.NEWEST));
        String text = painted.text();
        assertTrue(
                text.matches(
                        "(?s).*12:01 me  first +\u00b7\\n.*12:02 me  second +\u2713\\n.*12:03 me  third +\u2717\\n.*"),
                text);
        assertTrue(text.contains("not sent: expired"), text);
    }

    @Test
    void theCursorIsBehindWideCharacters() throws IOException {
        Painted painted = new Painted(USUAL);
        painted.paint(Scenes.with(Scenes.withBob("hello"), Line.of("\u6f22" + FAMILY + "e\u0301")));
        assertEquals(2 + 2 + 2 + 1, painted.cursor().orElseThrow().getColumn());
    }

    @Test
    void scrollingUpAndDownComesBackToTheSamePlace() throws IOException {
        Painted painted = new Painted(USUAL);
        Scroll scroll = painted.paint(scrolled(300, Scroll.NEWEST)).scroll();
        assertTrue(scroll.isAtNewest());
        List<String> newest = painted.rows();
        Scroll up = painted.paint(scrolled(300, scroll.byPages(1).byRows(3))).scroll();
        assertFalse(painted.text().contains("number 300"));
        assertTrue(painted.text().contains("Ctrl+End"));
        assertTrue(
                painted.paint(scrolled(300, up.byPages(-1).byRows(-3))).scroll().isAtNewest());
        assertEquals(newest, painted.rows());
    }

    @Test
    void scrollingStopsAtTheFirstMessageAndTellsThatItIsNear() throws IOException {
        Painted painted = new Painted(USUAL);
        Settled settled = painted.paint(scrolled(60, Scroll.NEWEST.byPages(50)));
        assertTrue(settled.isNearTop());
        assertTrue(painted.rows().get(2).contains("24 November 2026"), painted.text());
        assertTrue(painted.rows().get(3).endsWith("number 1"), painted.text());
        assertFalse(painted.paint(scrolled(300, Scroll.NEWEST)).isNearTop());
    }

    @Test
    void whatIsReadStaysInPlaceWhenMoreComes() throws IOException {
        Painted painted = new Painted(USUAL);
        Scroll up = painted.paint(scrolled(300, Scroll.NEWEST.byPages(3))).scroll();
        List<String> before = painted.rows();
        painted.paint(scrolled(310, up));
        assertEquals(before, painted.rows());
    }

    @Test
    void aMessageOfManyRowsScrollsRowByRow() throws IOException {
        Painted painted = new Painted(SMALL);
        StringBuilder lines = new StringBuilder("line 0");
        for (int i = 1; i < 500; i++) {
            lines.append("\nline ").append(i);
        }
        List<Message> messages = List.of(Scenes.received(1, lines.toString()));
        Scroll scroll = Scroll.NEWEST;
        for (int last = 499; last > 479; last--) {
            scroll = painted.paint(
                            Scenes.chat("Alice", List.of(Scenes.contact(1, DisplayName.of("Bob"))), messages, scroll))
                    .scroll();
            assertTrue(painted.text().contains("line " + last), painted.text());
            assertFalse(painted.text().contains("line " + (last + 1)), painted.text());
            scroll = scroll.byRows(1);
        }
    }

    @Test
    void anInvitationCodeStandsAloneFromEdgeToEdge() throws IOException {
        Painted painted = new Painted(SMALL);
        String code = "sotto:" + "abcdefgh".repeat(8);
        painted.takeBytes();
        painted.paint(Scenes.with(Scenes.withBob("hello"), new Panel("Invitation", List.of(Paragraph.whole(code)))));
        assertEquals(code.substring(0, 40), painted.rows().get(2));
        assertEquals(code.substring(40), painted.rows().get(3));
        String frame = new String(painted.takeBytes(), StandardCharsets.UTF_8);
        assertTrue(frame.contains("\u001b[?7h" + code.substring(39, 41)), "the terminal wraps it as one line");
    }

    @Test
    void aClusterTerminalsDisagreeAboutIsFencedIn() throws IOException {
        Painted painted = new Painted(USUAL);
        painted.takeBytes();
        painted.paint(Scenes.withBob("x" + FAMILY + "y"));
        String frame = new String(painted.takeBytes(), StandardCharsets.UTF_8);
        assertTrue(
                frame.matches("(?s).*x  \u001b\\[\\d+;\\d+H" + FAMILY + "\u001b\\[\\d+;\\d+Hy.*"),
                "blanked, written, left");
    }
}
