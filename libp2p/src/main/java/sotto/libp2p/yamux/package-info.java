/**
 * Yamux: many streams over one connection, each with its own flow control. The session is a state machine, bytes in and bytes
 * out, that knows neither sockets nor clocks; one Netty handler drives it.
 */
@NullMarked
package sotto.libp2p.yamux;

import org.jspecify.annotations.NullMarked;
