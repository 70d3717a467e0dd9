package sotto.tui.model;

import sotto.node.api.DisplayName;
import sotto.node.api.FeedEvent;
import sotto.node.api.Status;
import sotto.tui.model.Welcome.Field;

/** What the first-run screen makes of signals. */
final class WelcomeUpdate implements Signal.Cases<Step> {
    static final String NO_PASSPHRASE =
            "Tip: without a passphrase, whoever gets this computer reads everything. Enter again to go on without.";
    static final String WEAK_PASSPHRASE =
            "Tip: easy to guess. Four or five random words are better and easy to keep. Enter again to use it anyway.";

    private final Welcome welcome;

    WelcomeUpdate(Welcome welcome) {
        this.welcome = welcome;
    }

    @Override
    public Step typed(Key key) {
        if (welcome.isCreating()) {
            return ignored();
        }
        return key.match(
                text -> insert(text.characters()),
                paste -> insert(paste.characters()),
                this::pressed,
                chord -> chord(chord));
    }

    private Step insert(String characters) {
        return switch (welcome.field()) {
            case NAME ->
                welcome.withName(welcome.name().insert(Shortcuts.oneLine(characters)))
                        .then();
            case PASSPHRASE ->
                measured(welcome.withPassphrase(welcome.passphrase().append(characters)));
            case REPEATED ->
                welcome.withRepeated(welcome.repeated().append(characters)).then();
        };
    }

    private Step measured(Welcome changed) {
        return changed.passphrase().isEmpty()
                ? changed.then()
                : changed.then(new Effect.MeasureStrength(changed.passphrase().passphrase(), changed.edition()));
    }

    private Step pressed(Key.Press press) {
        return switch (press.name()) {
            case ENTER -> enter();
            case TAB, DOWN -> welcome.at(welcome.field().next()).then();
            case BACK_TAB, UP -> welcome.at(welcome.field().previous()).then();
            case BACKSPACE -> backspace();
            default ->
                welcome.field() == Field.NAME
                        ? welcome.withName(Shortcuts.edited(welcome.name(), press))
                                .then()
                        : ignored();
        };
    }

    private Step backspace() {
        return switch (welcome.field()) {
            case NAME -> welcome.withName(welcome.name().backspace()).then();
            case PASSPHRASE ->
                measured(welcome.withPassphrase(welcome.passphrase().backspace()));
            case REPEATED ->
                welcome.withRepeated(welcome.repeated().backspace()).then();
        };
    }

    private Step chord(Key.Chord chord) {
        if (welcome.field() == Field.NAME) {
            return welcome.withName(Shortcuts.edited(welcome.name(), chord)).then();
        }
        boolean isClearing = chord.isControl() && (chord.codePoint() == 'u' || chord.codePoint() == 'w');
        if (!isClearing) {
            return ignored();
        }
        return welcome.field() == Field.PASSPHRASE
                ? welcome.withPassphrase(welcome.passphrase().cleared()).then()
                : welcome.withRepeated(welcome.repeated().cleared()).then();
    }

    private Step enter() {
        if (welcome.name().text().isBlank()) {
            return welcome.at(Field.NAME)
                    .complaining("A name is needed: your contacts see it.")
                    .then();
        }
        return switch (welcome.field()) {
            case NAME -> welcome.at(Field.PASSPHRASE).then();
            case PASSPHRASE -> passphraseChosen();
            case REPEATED -> create();
        };
    }

    private Step passphraseChosen() {
        if (welcome.passphrase().isEmpty()) {
            return welcome.isWarned() ? create() : welcome.warned(NO_PASSPHRASE).then();
        }
        if (welcome.strength().isWeak() && !welcome.isWarned()) {
            return welcome.warned(WEAK_PASSPHRASE).then();
        }
        return welcome.at(Field.REPEATED).then();
    }

    private Step create() {
        if (welcome.passphrase().isEmpty() && !welcome.isWarned()) {
            return welcome.at(Field.PASSPHRASE).warned(NO_PASSPHRASE).then();
        }
        if (!welcome.passphrase().isSameAs(welcome.repeated())) {
            return welcome.withRepeated(welcome.repeated().cleared())
                    .complaining("These two are not the same. Type it once more.")
                    .then();
        }
        DisplayName name = DisplayName.of(welcome.name().text());
        return welcome.creating()
                .then(new Effect.Create(name, welcome.passphrase().passphrase()));
    }

    @Override
    public Step strengthCame(Signal.StrengthCame signal) {
        return signal.edition() == welcome.edition()
                ? welcome.withStrength(signal.strength()).then()
                : ignored();
    }

    @Override
    public Step statusCame(Status status) {
        welcome.passphrase().cleared();
        welcome.repeated().cleared();
        return Update.entered(status);
    }

    @Override
    public Step failed(Signal.Failed signal) {
        return welcome.complaining(Update.sentence(signal.error())).then();
    }

    @Override
    public Step feedCame(FeedEvent event) {
        return ignored();
    }

    @Override
    public Step ignored() {
        return welcome.then();
    }
}
