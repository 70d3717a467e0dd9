package sotto.node.core;

/**
 * What a node keeps and does at most, whoever asks for it.
 *
 * @param contactsMax contacts and knocks of ours under way together; whoever knocks or is knocked at beyond is refused. All of
 *     them must fit into one message of recognition, which has 4,096 tags
 * @param invitationsMax invitations, old ones that are not forgotten yet included
 * @param knocksMax knocks of ours under way at once
 * @param eventsKeptMax events that can be told later; older ones are forgotten
 * @param sequencesMax records whose highest sequence is remembered; beyond, the one seen longest ago is forgotten
 * @param dials dials to addresses that others named. Attempts for one who is away are minutes apart, so an honest address does
 *     not come near its rate, and one who names ten is tried at all of them every half minute
 */
record NodeLimits(
        int contactsMax,
        int invitationsMax,
        int knocksMax,
        int eventsKeptMax,
        int sequencesMax,
        DialBudget.Rates dials) {
    static final NodeLimits STANDARD = new NodeLimits(
            3_900,
            1_000,
            100,
            100_000,
            50_000,
            new DialBudget.Rates(new Rate(8, 1 / 30.0), new Rate(40, 1 / 3.0), new Rate(512, 20)));
}
