/**
 * Key types, libp2p's key encoding and signed envelopes, {@code SecretBytes}, and {@link sotto.libp2p.crypto.Crypto}: one
 * small seam over the provider that is fastest here. Randomness comes in as a parameter. Knows nothing of peers or I/O.
 */
@NullMarked
package sotto.libp2p.crypto;

import org.jspecify.annotations.NullMarked;
