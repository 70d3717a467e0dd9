/**
 * Carries {@link sotto.node.api.Messenger} between processes of one user: JSON-RPC 2.0, one message per line, over a Unix-domain
 * socket in the home ({@code docs/protocol/rpc.md}). {@link sotto.node.rpc.MessengerServer} is the node's end,
 * {@link sotto.node.rpc.RemoteMessenger} the other. Knows {@code node.api} and nothing of the node behind it.
 */
@NullMarked
package sotto.node.rpc;

import org.jspecify.annotations.NullMarked;
