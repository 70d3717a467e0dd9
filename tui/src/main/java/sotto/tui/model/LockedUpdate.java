package sotto.tui.model;

import sotto.node.api.FeedEvent;
import sotto.node.api.Status;

/** What the screen of a closed vault makes of signals. */
final class LockedUpdate implements Signal.Cases<Step> {
    private final Locked locked;

    LockedUpdate(Locked locked) {
        this.locked = locked;
    }

    @Override
    public Step typed(Key key) {
        if (locked.isOpening()) {
            return ignored();
        }
        return key.match(
                text -> locked.with(locked.passphrase().append(text.characters()))
                        .then(),
                paste -> locked.with(locked.passphrase().append(paste.characters()))
                        .then(),
                this::pressed,
                chord -> chord.isControl() && (chord.codePoint() == 'u' || chord.codePoint() == 'w')
                        ? locked.with(locked.passphrase().cleared()).then()
                        : ignored());
    }

    private Step pressed(Key.Press press) {
        return switch (press.name()) {
            case ENTER ->
                new Locked(locked.passphrase(), "", true)
                        .then(new Effect.Unlock(locked.passphrase().passphrase()));
            case BACKSPACE -> locked.with(locked.passphrase().backspace()).then();
            default -> ignored();
        };
    }

    @Override
    public Step statusCame(Status status) {
        return status.life() == Status.Life.LOCKED ? ignored() : entered(status);
    }

    private Step entered(Status status) {
        locked.passphrase().cleared();
        return Update.entered(status);
    }

    @Override
    public Step failed(Signal.Failed signal) {
        return signal.effect() instanceof Effect.Unlock
                ? new Locked(locked.passphrase().cleared(), Update.sentence(signal.error()), false).then()
                : ignored();
    }

    @Override
    public Step feedCame(FeedEvent event) {
        return ignored();
    }

    @Override
    public Step ignored() {
        return locked.then();
    }
}
