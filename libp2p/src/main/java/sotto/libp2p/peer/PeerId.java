package sotto.libp2p.peer;

import sotto.libp2p.bytes.Bytes;

/** A libp2p peer id: the multihash of a public key. */
public record PeerId(Bytes multihash) {}
