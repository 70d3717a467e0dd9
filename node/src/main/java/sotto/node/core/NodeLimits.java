package sotto.node.core;

/**
 * What a node keeps and does at most, whoever asks for it.
 *
 * @param contactsMax contacts; whoever knocks or is knocked at beyond is refused
 * @param invitationsMax invitations, old ones that are not forgotten yet included
 * @param knocksMax knocks of ours under way at once
 * @param eventsKeptMax events that can be told later; older ones are forgotten
 */
record NodeLimits(int contactsMax, int invitationsMax, int knocksMax, int eventsKeptMax) {
    static final NodeLimits STANDARD = new NodeLimits(10_000, 1_000, 100, 100_000);
}
