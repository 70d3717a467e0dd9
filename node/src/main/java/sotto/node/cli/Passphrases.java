package sotto.node.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import sotto.node.api.ApiError;
import sotto.node.api.ApiException;
import sotto.node.api.Passphrase;

/** Where passphrases come from: a file, stdin or a person at a terminal; never the arguments or the environment. */
public final class Passphrases {
    /** The file name that means stdin. */
    static final String STDIN = "-";

    /** How often somebody may type a new one and its repetition. */
    static final int ATTEMPTS_MAX = 3;

    private final Environment environment;
    private final CommonFlags flags;
    private final Output output;

    Passphrases(Environment environment, CommonFlags flags, Output output) {
        this.environment = environment;
        this.flags = flags;
        this.output = output;
    }

    /** The one of {@code --passphrase-file}, if that was given. The caller closes it. */
    public Optional<Passphrase> given() {
        return flags.passphraseFile().map(this::read);
    }

    /** The one that opens the vault: given, or asked for. */
    Passphrase current() {
        return given().or(() -> environment.prompt().ask("Passphrase: "))
                .orElseThrow(() -> new ApiException(new ApiError.BadArgument(
                        "a passphrase is needed and there is no terminal to ask on: give --passphrase-file")));
    }

    /** A new one: from {@code file}, or asked for twice. A weak one is warned of and taken. */
    Passphrase fresh(Optional<String> file) {
        Passphrase chosen = file.map(this::read).orElseGet(this::askTwice);
        PassphraseStrength strength = PassphraseStrength.of(chosen);
        if (strength.isWeak()) {
            output.note("warning: this passphrase is weak: " + strength.verdict());
            output.hint("change it with: "
                    + Invocation.of(environment.variables(), flags).command("passphrase"));
        }
        return chosen;
    }

    /** From here until it is closed, what is typed ahead is not shown, if a new passphrase is asked for and not read from {@code file}. */
    PassphrasePrompt.Quiet quiet(Optional<String> file) {
        return file.isPresent() ? () -> {} : environment.prompt().quiet();
    }

    private Passphrase askTwice() {
        for (int attempt = 1; attempt < ATTEMPTS_MAX; attempt++) {
            Optional<Passphrase> confirmed = confirmed();
            if (confirmed.isPresent()) {
                return confirmed.get();
            }
            output.note("these two differ; once more, both");
        }
        return confirmed().orElseThrow(() -> new ApiException(new ApiError.BadArgument("the two passphrases differ")));
    }

    /** One that was typed twice; empty if the second was another. */
    private Optional<Passphrase> confirmed() {
        Passphrase first = askNew("New passphrase: ");
        boolean isConfirmed = false;
        try (Passphrase second = askNew("The same again: ")) {
            isConfirmed = areEqual(first, second);
        } finally {
            if (!isConfirmed) {
                first.close();
            }
        }
        return isConfirmed ? Optional.of(first) : Optional.empty();
    }

    private Passphrase askNew(String question) {
        return environment
                .prompt()
                .ask(question)
                .orElseThrow(() -> new ApiException(new ApiError.BadArgument(
                        "a new passphrase is needed and there is no terminal to ask on: give it in a file")));
    }

    private static boolean areEqual(Passphrase first, Passphrase second) {
        char[] one = first.copy();
        char[] other = second.copy();
        try {
            return Arrays.equals(one, other);
        } finally {
            Arrays.fill(one, '\0');
            Arrays.fill(other, '\0');
        }
    }

    private Passphrase read(String file) {
        try {
            if (file.equals(STDIN)) {
                return PassphraseLine.read(environment.in());
            }
            try (InputStream in = Files.newInputStream(Path.of(file))) {
                return PassphraseLine.read(in);
            }
        } catch (CharacterCodingException notText) {
            throw new ApiException(new ApiError.BadArgument("the passphrase in " + file + " is not UTF-8"));
        } catch (IOException unreadable) {
            throw new ApiException(new ApiError.BadArgument("cannot read the passphrase from " + file));
        }
    }
}
