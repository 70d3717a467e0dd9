package sotto.node.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import sotto.node.api.Contact;

@Command(
        name = "list",
        sortOptions = false,
        description = "List your contacts: name, id, verified or not, path.",
        footer = {"", "Examples:", "  sotto contact list", "  sotto contact list --json"})
final class ContactListCommand implements Runnable {
    private final Program program;

    ContactListCommand(Program program) {
        this.program = program;
    }

    @Override
    public void run() {
        try (Access access = program.nodes().attachOrOpen()) {
            List<Contact> contacts = Waiting.result(access.messenger().contacts());
            if (program.flags().isJson()) {
                contacts.forEach(contact -> program.output().json(JsonViews.contact(contact)));
            } else {
                contacts.forEach(this::print);
            }
        }
    }

    private void print(Contact contact) {
        String marks = contact.isVerified() ? "verified" : "not verified";
        if (contact.isBlocked()) {
            marks += ", blocked";
        }
        if (!contact.lookalikes().isEmpty()) {
            marks += ", looks like "
                    + contact.lookalikes().stream().map(Object::toString).collect(Collectors.joining(", "));
        }
        if (contact.mixesScripts()) {
            marks += ", letters of several scripts";
        }
        program.output()
                .line(contact.name() + "  " + contact.id().start() + "  "
                        + contact.path().word() + "  " + marks);
    }
}
