package sotto.node.cli;

import java.util.function.Supplier;
import java.util.stream.Collectors;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.Contact;
import sotto.node.api.Messenger;

/** Turns what somebody typed into values of the API. */
final class Arguments {
    private Arguments() {}

    /** A value whose constructor knows its limits: what it refuses is a mistake in the arguments. */
    static <T> T checked(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException refused) {
            throw new ApiException(new ApiError.BadArgument(String.valueOf(refused.getMessage())));
        }
    }

    /** The contact that a command's CONTACT means: by its local name, or a unique prefix of its id. */
    static Contact contact(Messenger messenger, String nameOrIdPrefix) {
        return Waiting.result(messenger.findContact(nameOrIdPrefix));
    }

    /** The same, with a warning where the contact found could be the wrong one of two. */
    static Contact contact(Messenger messenger, String nameOrIdPrefix, Output output) {
        Contact found = contact(messenger, nameOrIdPrefix);
        if (!found.lookalikes().isEmpty()) {
            output.note("this is " + found.name() + " " + found.id().start()
                    + ", which can be taken for "
                    + found.lookalikes().stream().map(Object::toString).collect(Collectors.joining(", ")));
        }
        return found;
    }
}
