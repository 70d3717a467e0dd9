package sotto.libp2p.transport;

import java.util.random.RandomGenerator;

/** Proves the contract of sockets for the kind that runs everywhere. */
class NioTransportTest extends TransportContract {
    @Override
    Loops loops(RandomGenerator random) {
        return Loops.nio(random);
    }
}
