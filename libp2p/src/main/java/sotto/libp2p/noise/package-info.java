/**
 * noise-libp2p: {@code Noise_XX_25519_ChaChaPoly_SHA256} with the libp2p identity of both ends signed into it. The handshake
 * and the ciphers are state machines on {@link sotto.libp2p.crypto.Crypto}; one Netty handler drives them. Knows nothing of
 * the multiplexers whose names it carries.
 */
@NullMarked
package sotto.libp2p.noise;

import org.jspecify.annotations.NullMarked;
