package sotto.node.vault;

import java.io.IOException;
import java.nio.file.AccessDeniedException;

/** The words for what a disk refuses. They name no path: messages travel further than the files. */
final class VaultExceptions {
    private VaultExceptions() {}

    static VaultException io(IOException refused) {
        String what = refused instanceof AccessDeniedException ? "access denied" : words(refused);
        return new VaultException(VaultException.Kind.IO, "the disk refused: " + what, refused);
    }

    static VaultException damaged(String what) {
        return new VaultException(VaultException.Kind.DAMAGED, what);
    }

    private static String words(IOException refused) {
        String message = refused.getMessage();
        return message == null || message.contains("/") ? refused.getClass().getSimpleName() : message;
    }
}
