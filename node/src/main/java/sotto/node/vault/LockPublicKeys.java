package sotto.node.vault;

import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.MlKem768PublicKey;
import sotto.libp2p.crypto.X25519PublicKey;

/** The public halves of a lock's keys, to which an unlock key is wrapped. Kept inside the vault alone. */
record LockPublicKeys(X25519PublicKey x25519, MlKem768PublicKey mlKem) {
    private static final int SIZE_BYTES = X25519PublicKey.SIZE_BYTES + MlKem768PublicKey.SIZE_BYTES;

    Bytes encoded() {
        return Bytes.concat(x25519.bytes(), mlKem.bytes());
    }

    static LockPublicKeys decoded(Bytes encoded) {
        return new LockPublicKeys(
                new X25519PublicKey(encoded.slice(0, X25519PublicKey.SIZE_BYTES)),
                new MlKem768PublicKey(encoded.slice(X25519PublicKey.SIZE_BYTES, SIZE_BYTES)));
    }
}
