package sotto.libp2p.kad;

import org.jspecify.annotations.Nullable;

/** A peer within one lookup: on one or more of its paths, asked at most once. Not thread-safe. */
final class Candidate {
    final Peer peer;
    State state = State.NEW;
    long askedMillis;

    /** The path that asked, and alone gets the answer. */
    @Nullable
    Path askedBy;

    Candidate(Peer peer) {
        this.peer = peer;
    }

    /** Whether it may still turn out to be one of the closest. */
    boolean isHopeful() {
        return state != State.LATE && state != State.FAILED;
    }

    /** How far it has come. */
    enum State {
        NEW,
        ASKED,
        /** It has not answered in time; if it still does, that counts. */
        LATE,
        ANSWERED,
        FAILED
    }
}
