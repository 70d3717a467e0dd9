package sotto.libp2p.kad;

/** What lookups find where a share of all servers is not to be trusted. Stateless. */
public final class SimAdversity {
    private SimAdversity() {}

    /** What they do. */
    public enum Kind {
        /** Name peers that do not exist, and have nothing. */
        BABBLERS,
        /** Answer as they should, but keep nothing. */
        DROPPERS
    }

    /** The lookups of {@link SimLookups} in a settled world in which a {@code share} of the servers is of that kind. */
    public static SimLookups measured(SimOptions options, Kind kind, double share, int puts, int gets) {
        SimWorld world = SimWorld.settled(options);
        SimBehaviour behaviour = kind == Kind.DROPPERS
                ? SimBehaviour.DROPPING
                : SimBehaviour.babbling(world.random().split());
        for (SimNode server : world.servers()) {
            if (world.random().nextDouble() < share) {
                server.behaviour = behaviour;
            }
        }
        return SimLookups.measured(world, puts, gets);
    }
}
