package sotto.node.vault;

import static sotto.node.vault.VaultFormat.KEY_BYTES;
import static sotto.node.vault.VaultFormat.NONCE_BYTES;
import static sotto.node.vault.VaultFormat.TAG_BYTES;

import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.MlKem768Encapsulation;
import sotto.libp2p.crypto.MlKem768KeyPair;
import sotto.libp2p.crypto.X25519PublicKey;

/**
 * One way to open a vault, as the key file has it: a private key sealed by what a passphrase stretches to, and the unlock key
 * wrapped to the public half.
 *
 * @param id 16 random bytes
 * @param salt 32 random bytes, for Argon2id alone
 * @param sealedPrivateKeys nonce ‖ sealed X25519 key and ML-KEM seed
 * @param ephemeral X25519 key made for this wrapping
 * @param ciphertext of ML-KEM, made for this wrapping
 * @param wrappedUnlockKey nonce ‖ unlock key, sealed by both shared secrets together
 */
record LockSlot(
        Bytes id,
        ArgonCost cost,
        Bytes salt,
        Bytes sealedPrivateKeys,
        Bytes ephemeral,
        Bytes ciphertext,
        Bytes wrappedUnlockKey) {
    static final int ID_BYTES = 16;
    static final int SALT_BYTES = 32;
    static final int PRIVATE_KEYS_BYTES = X25519PublicKey.SIZE_BYTES + MlKem768KeyPair.SEED_BYTES;
    private static final int SEALED_PRIVATE_KEYS_BYTES = NONCE_BYTES + PRIVATE_KEYS_BYTES + TAG_BYTES;
    private static final int WRAPPED_BYTES = NONCE_BYTES + KEY_BYTES + TAG_BYTES;
    static final int SIZE_BYTES = ID_BYTES
            + 3 * Integer.BYTES
            + SALT_BYTES
            + SEALED_PRIVATE_KEYS_BYTES
            + X25519PublicKey.SIZE_BYTES
            + MlKem768Encapsulation.CIPHERTEXT_BYTES
            + WRAPPED_BYTES;

    void write(ByteWriter out) {
        out.raw(id).u32(cost.memoryKib()).u32(cost.passes()).u32(cost.lanes()).raw(salt);
        out.raw(sealedPrivateKeys).raw(ephemeral).raw(ciphertext).raw(wrappedUnlockKey);
    }

    static LockSlot read(ByteReader in) throws WireException {
        Bytes id = in.raw(ID_BYTES);
        ArgonCost cost = new ArgonCost((int) in.u32(), (int) in.u32(), (int) in.u32());
        return new LockSlot(
                id,
                cost,
                in.raw(SALT_BYTES),
                in.raw(SEALED_PRIVATE_KEYS_BYTES),
                in.raw(X25519PublicKey.SIZE_BYTES),
                in.raw(MlKem768Encapsulation.CIPHERTEXT_BYTES),
                in.raw(WRAPPED_BYTES));
    }

    /** The same lock around another unlock key. */
    LockSlot around(Bytes ephemeral, Bytes ciphertext, Bytes wrappedUnlockKey) {
        return new LockSlot(id, cost, salt, sealedPrivateKeys, ephemeral, ciphertext, wrappedUnlockKey);
    }
}
