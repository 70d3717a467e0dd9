package sotto.libp2p.transport;

import java.util.random.RandomGenerator;

/** Proves the contract of sockets for the fastest kind of this machine: epoll where its library loads. */
class FastestTransportTest extends TransportContract {
    @Override
    Loops loops(RandomGenerator random) {
        return Loops.fastest(random);
    }
}
