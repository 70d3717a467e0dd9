package sotto.tui.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import sotto.node.api.Contact;
import sotto.node.api.Conversation;
import sotto.node.api.DisplayName;
import sotto.node.api.Messenger;

/** What Enter does with the input: a message, or a command that begins with a slash. */
final class Submission {
    /** One command: what it is called, what follows it, what it does in words, and what it does. */
    record Command(String name, String arguments, String help, BiFunction<Chat, String, Step> action) {}

    static final List<Command> COMMANDS = List.of(
            new Command(
                    "invite", "[label]", "make a code that lets one person become your contact", Submission::invite),
            new Command(
                    "invites",
                    "",
                    "the invitations made so far, with their codes",
                    (chat, text) -> chat.then(new Effect.ListInvitations())),
            new Command("add", "CODE", "become the contact of whoever made this code", Submission::add),
            new Command(
                    "requests",
                    "",
                    "the codes you added that nobody has answered yet",
                    (chat, text) -> chat.with(Panels.requests(chat.knocks())).then(new Effect.LoadKnocks())),
            new Command(
                    "safety",
                    "",
                    "the safety number of this contact",
                    (chat, text) -> withPartner(
                            chat, partner -> chat.with(Panels.safety(partner)).then())),
            new Command(
                    "verify",
                    "",
                    "compare the safety number, then mark this contact verified",
                    (chat, text) -> withPartner(
                            chat,
                            partner -> chat.with(Panels.verification(partner)).then())),
            new Command(
                    "unverify",
                    "",
                    "take that mark away",
                    (chat, text) ->
                            withPartner(chat, partner -> chat.then(new Effect.MarkVerified(partner.id(), false)))),
            new Command("rename", "NAME", "call this contact something else here", Submission::rename),
            new Command(
                    "block",
                    "",
                    "take nothing more from this contact",
                    (chat, text) -> withPartner(chat, partner -> chat.then(new Effect.SetBlocked(partner.id(), true)))),
            new Command(
                    "unblock",
                    "",
                    "take messages again",
                    (chat, text) ->
                            withPartner(chat, partner -> chat.then(new Effect.SetBlocked(partner.id(), false)))),
            new Command("remove", "NAME", "forget a contact and all that was said; asks first", Submission::remove),
            new Command(
                    "why",
                    "",
                    "why messages to this contact wait",
                    (chat, text) -> withPartner(chat, partner -> chat.then(new Effect.AskWhy(partner.id())))),
            new Command(
                    "help",
                    "",
                    "this page",
                    (chat, text) -> chat.with(Panels.help()).then()),
            new Command("quit", "", "leave; so does Ctrl+C", (chat, text) -> Shortcuts.leave()));

    private Submission() {}

    static Step submit(Chat chat) {
        String text = chat.input().text().strip();
        if (text.isEmpty()) {
            return chat.withoutNotice().then();
        }
        if (text.startsWith("/") && !text.startsWith("//")) {
            return command(chat, text);
        }
        if (chat.talk().isEmpty() && text.toLowerCase(Locale.ROOT).startsWith("sotto:")) {
            return add(chat.with(Line.EMPTY), text);
        }
        return send(chat, text.startsWith("//") ? text.substring(1) : text);
    }

    private static Step send(Chat chat, String text) {
        Optional<Contact> partner = chat.partner();
        if (partner.isEmpty()) {
            return chat.with(Notice.tip(
                            "Nobody to write to yet: /invite makes a code for somebody, /add CODE takes one."))
                    .then();
        }
        int sizeBytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (sizeBytes > Messenger.TEXT_BYTES_MAX) {
            return chat.with(Notice.warning("Too long by " + (sizeBytes - Messenger.TEXT_BYTES_MAX) + " bytes: at most "
                            + Messenger.TEXT_BYTES_MAX + " can be sent at once."))
                    .then();
        }
        Chat sent = chat.with(Line.EMPTY).withoutNotice();
        Optional<Talk> talk = sent.talk().map(t -> t.with(Scroll.NEWEST));
        return sent.withTalk(talk).then(new Effect.Send(partner.get().id(), text));
    }

    private static Step command(Chat chat, String text) {
        int blank = text.indexOf(' ');
        String name = (blank < 0 ? text.substring(1) : text.substring(1, blank)).toLowerCase(Locale.ROOT);
        String rest = blank < 0 ? "" : text.substring(blank + 1).strip();
        return COMMANDS.stream()
                .filter(command -> command.name().equals(name))
                .findFirst()
                .map(command -> done(command, chat.withoutNotice(), rest))
                .orElseGet(() -> chat.with(Notice.warning("There is no command /" + name
                                + ". /help shows all; // sends a text that begins with a slash."))
                        .then());
    }

    /** The line is emptied, unless the command was refused at once: then it waits there to be mended. */
    private static Step done(Command command, Chat chat, String rest) {
        Step step = command.action().apply(chat.with(Line.EMPTY), rest);
        return step.state() instanceof Chat after && after.isWarned()
                ? new Step(after.with(chat.input()), step.effects())
                : step;
    }

    private static Step invite(Chat chat, String label) {
        return chat.with(Notice.news("Making an invitation\u2026")).then(new Effect.Invite(label));
    }

    private static Step add(Chat chat, String code) {
        if (code.isEmpty()) {
            return chat.with(Notice.warning("Which code? It begins with sotto: and follows /add and a blank."))
                    .then();
        }
        List<String> hints = hints(code);
        String where = hints.isEmpty() ? "" : " This dials " + String.join(", ", hints) + ".";
        return chat.with(Notice.news("Asking\u2026" + where)).then(new Effect.AddContact(code));
    }

    /** The addresses in a code, told before anything is dialled. */
    private static List<String> hints(String code) {
        List<String> hints = new ArrayList<>();
        for (String part : code.split("[?&]", -1)) {
            if (part.startsWith("via=")) {
                hints.add(part.substring(4));
            }
        }
        return hints;
    }

    private static Step rename(Chat chat, String name) {
        if (name.isEmpty()) {
            return chat.with(Notice.warning("Which name? /rename NAME")).then();
        }
        return withPartner(chat, partner -> chat.then(new Effect.Rename(partner.id(), DisplayName.of(name))));
    }

    /** By name, so that it is never the wrong one that happens to be open. */
    private static Step remove(Chat chat, String name) {
        if (name.isEmpty()) {
            return chat.with(Notice.warning("Which contact? /remove NAME")).then();
        }
        return named(chat, name)
                .map(contact -> chat.with(Panels.removal(contact)).then())
                .orElseGet(() -> chat.with(Notice.warning("No contact is called \u201c" + name + "\u201d."))
                        .then());
    }

    /** The contact with this name, in this case or else in any. */
    private static Optional<Contact> named(Chat chat, String name) {
        List<Contact> contacts =
                chat.conversations().stream().map(Conversation::contact).toList();
        return Stream.<Predicate<String>>of(name::equals, name::equalsIgnoreCase)
                .flatMap(isMeant ->
                        contacts.stream().filter(c -> isMeant.test(c.name().toString())))
                .findFirst();
    }

    private static Step withPartner(Chat chat, Function<Contact, Step> action) {
        return chat.partner()
                .map(action)
                .orElseGet(() ->
                        chat.with(Notice.warning("Open a conversation first.")).then());
    }
}
