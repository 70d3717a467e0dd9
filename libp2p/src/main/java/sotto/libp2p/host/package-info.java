/**
 * The door of this module: a host, its connections and streams, in libp2p's own words. Interfaces, values, and messages on a
 * stream. Protocols know nothing but this, so another libp2p could be put behind it.
 *
 * <p>Two hosts, one protocol (the whole of it is {@code EchoExample} among this module's tests, and runs as one):
 *
 * <pre>{@code
 * server.handle(ECHO, stream -> {
 *     MessageStream messages = new MessageStream(stream, MESSAGE_BYTES_MAX);
 *     messages.read(new Echo(messages));
 * });
 * Multiaddr address = server.start().toCompletableFuture().get().get(0).withPeer(server.id());
 *
 * client.connect(address)
 *         .thenCompose(connection -> connection.open(List.of(ECHO)))
 *         .thenCompose(stream -> new MessageStream(stream, MESSAGE_BYTES_MAX).write(Bytes.utf8("hello")));
 * }</pre>
 *
 * <p>Whoever writes a protocol keeps to three rules: set a stream's reader at once; never block in a callback; before the next
 * write, wait for the last one, or stop reading while it is under way, so that a slow peer slows only itself.
 */
@NullMarked
package sotto.libp2p.host;

import org.jspecify.annotations.NullMarked;
