package sotto.tui.model;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import sotto.node.api.Contact;
import sotto.node.api.ContactPath;
import sotto.node.api.Explanation;
import sotto.node.api.Invitation;
import sotto.node.api.Knock;
import sotto.tui.model.Panel.Paragraph;
import sotto.tui.model.Panel.Question;

/** The pages that commands open. */
final class Panels {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, d MMMM, HH:mm", Locale.ENGLISH);
    private static final int DIGITS_IN_A_GROUP = 5;

    private static final List<String> KEYS = List.of(
            "Enter\tsend; Alt+Enter or Ctrl+J begins a new line",
            "Tab\tthe next conversation with something new",
            "Ctrl+N, Ctrl+P\tthe next conversation, the one before",
            "PgUp, PgDn\tback and forth in the messages; Ctrl+End: the newest",
            "Ctrl+L, Ctrl+Z\tpaint again, suspend",
            "Ctrl+C\tempty the input; where it is empty, leave");

    private static final List<String> MARKS = List.of(
            "\u00b7 \u2713 \u2717\ta message waits here, arrived there, failed",
            "\u25cf \u25cb\ta contact is reachable now, is away",
            "\u2713 \u2248\tafter a name: verified, looks like another name");

    private Panels() {}

    static Panel invitation(Invitation invitation) {
        String name = invitation.label().isEmpty() ? "Invitation" : "Invitation \u201c" + invitation.label() + "\u201d";
        return new Panel(
                name,
                List.of(
                        Paragraph.prose(
                                "Give this code to one person, over a way you trust. Whoever has it can become your"
                                        + " contact."),
                        Paragraph.whole(invitation.code()),
                        Paragraph.prose("It works " + times(invitation.usesLeft()) + ", until "
                                + day(invitation.expiresAt()) + ". The other side types /add and pastes it.")));
    }

    static Panel invitations(List<Invitation> invitations) {
        List<Paragraph> paragraphs = new ArrayList<>();
        if (invitations.isEmpty()) {
            paragraphs.add(Paragraph.prose("None yet. /invite makes one."));
        }
        for (Invitation invitation : invitations) {
            String state = invitation.state() == Invitation.State.OPEN
                    ? "open until " + day(invitation.expiresAt())
                    : invitation.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            paragraphs.add(Paragraph.prose("\u201c" + invitation.label() + "\u201d: " + state));
            if (invitation.state() == Invitation.State.OPEN) {
                paragraphs.add(Paragraph.whole(invitation.code()));
            }
        }
        return new Panel("Invitations", paragraphs);
    }

    static Panel safety(Contact contact) {
        String state = contact.isVerified() ? "is verified." : "is not verified.";
        return new Panel(
                "Safety number of you and " + contact.name(),
                List.of(
                        Paragraph.digits(grouped(contact.safetyNumber())),
                        Paragraph.prose(contact.name() + " " + state
                                + " The other side sees the same sixty digits, unless somebody stands between you.")));
    }

    static Panel verification(Contact contact) {
        return new Panel(
                        "Verify " + contact.name(),
                        List.of(
                                Paragraph.digits(grouped(contact.safetyNumber())),
                                Paragraph.prose("Read these digits to each other, by voice or in person: "
                                        + contact.name() + " finds them with /safety."),
                                Paragraph.prose("Are they the same?  y = yes   n = no   Esc = later")))
                .asking(new Question(
                        new Effect.MarkVerified(contact.id(), true),
                        Notice.news("Verified."),
                        Notice.warning(
                                "Left unverified. If the numbers differ, somebody may stand between you: do not trust"
                                        + " this contact.")));
    }

    static Panel removal(Contact contact) {
        return new Panel(
                        "Remove " + contact.name(),
                        List.of(
                                Paragraph.prose(
                                        contact.name() + ", all that was said between you and the keys you share"
                                                + " are erased here. It cannot be undone, and " + contact.name()
                                                + " is not told. To write again, one of you needs a new code of the other."),
                                Paragraph.prose("Remove " + contact.name() + "?  y = yes   n = no   Esc = no")))
                .asking(new Question(
                        new Effect.RemoveContact(contact.id(), contact.name()),
                        Notice.news("Removing " + contact.name() + "\u2026"),
                        Notice.news(contact.name() + " stays.")));
    }

    static Panel requests(List<Knock> knocks) {
        List<Paragraph> paragraphs = new ArrayList<>();
        if (knocks.isEmpty()) {
            paragraphs.add(Paragraph.prose("None of yours is under way. /add CODE asks whoever made the code."));
        }
        for (Knock knock : knocks) {
            String where = knock.hints().isEmpty() ? "" : " at " + String.join(", ", knock.hints());
            paragraphs.add(Paragraph.prose("Added " + day(knock.since()) + ": no answer yet. Asked" + where + ", until "
                    + day(knock.expiresAt()) + "."));
        }
        if (!knocks.isEmpty()) {
            paragraphs.add(
                    Paragraph.prose(
                            "Sotto asks again and again while it runs, and both of you have to be online at"
                                    + " the same time. If the address is no longer right, a new code of the other side helps: /add it."));
        }
        return new Panel("Requests", paragraphs);
    }

    static Panel explanation(Contact contact, Explanation explanation) {
        List<Paragraph> paragraphs = new ArrayList<>();
        paragraphs.add(Paragraph.prose(contact.name() + " is "
                + (explanation.path() == ContactPath.OFFLINE
                        ? "not reachable now"
                        : "reached by this path: " + explanation.path().word())
                + "; " + explanation.waiting() + " "
                + (explanation.waiting() == 1 ? "message waits." : "messages wait.")));
        explanation.reasons().forEach(reason -> paragraphs.add(Paragraph.prose(Update.sentence(reason))));
        return new Panel("Why, with " + contact.name(), paragraphs);
    }

    static Panel help() {
        List<String> commands = Submission.COMMANDS.stream()
                .map(c -> ("/" + c.name() + " " + c.arguments()).strip() + "\t" + c.help())
                .toList();
        return new Panel("Help", List.of(Paragraph.pairs(commands), Paragraph.pairs(KEYS), Paragraph.pairs(MARKS)));
    }

    private static String times(int uses) {
        return uses == 1 ? "once" : uses + " times";
    }

    private static String day(Instant instant) {
        return DAY.format(instant.atZone(ZoneId.systemDefault()));
    }

    private static String grouped(String digits) {
        StringBuilder grouped = new StringBuilder();
        for (int i = 0; i < digits.length(); i += DIGITS_IN_A_GROUP) {
            grouped.append(i == 0 ? "" : " ").append(digits, i, Math.min(i + DIGITS_IN_A_GROUP, digits.length()));
        }
        return grouped.toString();
    }
}
