package sotto.node.vault;

import static sotto.node.vault.VaultFormat.KEY_BYTES;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoException;
import sotto.libp2p.crypto.MlKem768Encapsulation;
import sotto.libp2p.crypto.MlKem768KeyPair;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.crypto.X25519KeyPair;
import sotto.libp2p.crypto.X25519PublicKey;
import sotto.node.api.Passphrase;
import sotto.node.wire.Label;

/**
 * Makes and opens lock slots. A lock is a key pair (X25519 and ML-KEM-768): the private half is sealed by what a passphrase
 * stretches to, the unlock key is wrapped to the public half; so the unlock key can be replaced for all locks without their
 * passphrases. Confined to one thread.
 */
final class Locksmith {
    private final Crypto crypto;
    private final RandomStream random;
    private final Bytes fileId;
    private final PageCipher cipher = new PageCipher();

    Locksmith(Crypto crypto, RandomStream random, Bytes fileId) {
        this.crypto = crypto;
        this.random = random;
        this.fileId = fileId;
    }

    /** A new lock that {@code passphrase} opens, around {@code unlockKey}. Takes Argon2id's time. */
    NewLock make(Passphrase passphrase, ArgonCost cost, SecretBytes unlockKey) {
        Bytes id = Bytes.owning(random.bytes(LockSlot.ID_BYTES));
        Bytes salt = Bytes.owning(random.bytes(LockSlot.SALT_BYTES));
        try (X25519KeyPair x25519 = crypto.generateX25519(random);
                MlKem768KeyPair mlKem = crypto.generateMlKem768(random);
                SecretBytes stretched = cost.stretch(passphrase, salt)) {
            byte[] privateKeys = joined(x25519.privateKey(), mlKem.seed());
            Bytes sealed = Bytes.owning(
                    stretched.use(key -> cipher.sealWithNonce(key, random, privateData(id, cost, salt), privateKeys)));
            Arrays.fill(privateKeys, (byte) 0);
            LockPublicKeys publicKeys = new LockPublicKeys(x25519.publicKey(), mlKem.publicKey());
            LockSlot unwrapped = new LockSlot(id, cost, salt, sealed, Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY);
            return new NewLock(wrap(unwrapped, publicKeys, unlockKey), publicKeys);
        }
    }

    /** {@code slot} around another unlock key. */
    LockSlot wrap(LockSlot slot, LockPublicKeys to, SecretBytes unlockKey) {
        try (X25519KeyPair ephemeral = crypto.generateX25519(random);
                SecretBytes agreed = crypto.agree(ephemeral.privateKey(), to.x25519())) {
            MlKem768Encapsulation encapsulation = crypto.encapsulate(to.mlKem(), random);
            Bytes from = ephemeral.publicKey().bytes();
            Exchange exchange = new Exchange(slot.id(), to, from, encapsulation.ciphertext());
            try (SecretBytes secret = encapsulation.sharedSecret();
                    SecretBytes key = wrappingKey(exchange, agreed, secret)) {
                byte[] wrapped = key.use(with -> unlockKey.use(plain -> cipher.sealWithNonce(
                        with, random, Label.VAULT_LOCK_WRAP.over().toArray(), plain)));
                return slot.around(from, encapsulation.ciphertext(), Bytes.owning(wrapped));
            }
        } catch (CryptoException impossible) {
            throw new IllegalStateException("the public keys of a lock are our own", impossible);
        }
    }

    /** The unlock key, if {@code stretched} is what the passphrase of {@code slot} stretches to. */
    Optional<SecretBytes> open(LockSlot slot, SecretBytes stretched) {
        byte[] data = privateData(slot.id(), slot.cost(), slot.salt());
        byte @Nullable [] privateKeys = opened(
                stretched,
                key -> cipher.openWithNonce(key, data, slot.sealedPrivateKeys().toArray()));
        if (privateKeys == null) {
            return Optional.empty();
        }
        try (SecretBytes both = SecretBytes.owning(privateKeys);
                X25519KeyPair x25519 = crypto.x25519KeyPair(both.slice(0, KEY_BYTES));
                MlKem768KeyPair mlKem = crypto.mlKem768KeyPair(both.slice(KEY_BYTES, LockSlot.PRIVATE_KEYS_BYTES));
                SecretBytes agreed = crypto.agree(x25519.privateKey(), new X25519PublicKey(slot.ephemeral()));
                SecretBytes secret = crypto.decapsulate(mlKem, slot.ciphertext())) {
            LockPublicKeys to = new LockPublicKeys(x25519.publicKey(), mlKem.publicKey());
            Exchange exchange = new Exchange(slot.id(), to, slot.ephemeral(), slot.ciphertext());
            try (SecretBytes key = wrappingKey(exchange, agreed, secret)) {
                byte[] label = Label.VAULT_LOCK_WRAP.over().toArray();
                byte @Nullable [] unlockKey = opened(
                        key,
                        with -> cipher.openWithNonce(
                                with, label, slot.wrappedUnlockKey().toArray()));
                return Optional.ofNullable(unlockKey).map(SecretBytes::owning);
            }
        } catch (CryptoException notOurs) {
            return Optional.empty();
        }
    }

    private SecretBytes wrappingKey(Exchange exchange, SecretBytes agreed, SecretBytes secret) {
        try (SecretBytes both = SecretBytes.owning(joined(agreed, secret))) {
            return crypto.hkdf(both, Bytes.EMPTY, exchange.transcript(fileId), KEY_BYTES);
        }
    }

    /** Everything the sealed private keys are bound to: changing the cost in the file opens nothing. */
    private byte[] privateData(Bytes id, ArgonCost cost, Bytes salt) {
        Bytes work = new ByteWriter()
                .u32(cost.memoryKib())
                .u32(cost.passes())
                .u32(cost.lanes())
                .toBytes();
        return Label.VAULT_LOCK_PRIVATE.over(fileId, id, work, salt).toArray();
    }

    private static byte @Nullable [] opened(SecretBytes key, Function<byte[], byte @Nullable []> opening) {
        return key.use(bytes -> Optional.ofNullable(opening.apply(bytes))).orElse(null);
    }

    private static byte[] joined(SecretBytes first, SecretBytes second) {
        ByteBuffer joined = ByteBuffer.allocate(first.size() + second.size());
        first.use(joined::put);
        second.use(joined::put);
        return joined.array();
    }

    /** A lock and its public half, which goes into the vault. */
    record NewLock(LockSlot slot, LockPublicKeys publicKeys) {}

    /** What a wrapping was made of and for. */
    private record Exchange(Bytes lockId, LockPublicKeys to, Bytes ephemeral, Bytes ciphertext) {
        Bytes transcript(Bytes fileId) {
            return Label.VAULT_LOCK_WRAP.over(fileId, lockId, to.encoded(), ephemeral, ciphertext);
        }
    }
}
