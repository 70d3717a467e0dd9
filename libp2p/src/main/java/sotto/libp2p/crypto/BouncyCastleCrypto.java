package sotto.libp2p.crypto;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import sotto.libp2p.bytes.Bytes;

/**
 * All primitives by Bouncy Castle's lightweight classes and the JDK's digest: the portable base, on which accelerators replace
 * what they do faster. Stateless and thread-safe.
 */
class BouncyCastleCrypto implements Crypto {
    private static final int KEY_BYTES = 32;

    private final AeadProvider ciphers;

    BouncyCastleCrypto(AeadProvider ciphers) {
        this.ciphers = ciphers;
    }

    @Override
    public final String cipherName() {
        return ciphers.name();
    }

    @Override
    public final Bytes sha256(Bytes... parts) {
        MessageDigest digest = HmacSha256.digest();
        for (Bytes part : parts) {
            digest.update(part.asByteBuffer());
        }
        return Bytes.owning(digest.digest());
    }

    @Override
    public final Bytes hmacSha256(SecretBytes key, Bytes... parts) {
        byte[][] arrays = Arrays.stream(parts).map(Bytes::toArray).toArray(byte[][]::new);
        return Bytes.owning(key.use(bytes -> HmacSha256.mac(bytes, arrays)));
    }

    @Override
    public final SecretBytes hkdf(SecretBytes inputKey, Bytes salt, Bytes info, int sizeBytes) {
        return SecretBytes.owning(inputKey.use(bytes -> HmacSha256.hkdf(bytes, salt, info, sizeBytes)));
    }

    @Override
    public final X25519KeyPair generateX25519(RandomGenerator random) {
        try (SecretBytes fresh = SecretBytes.random(KEY_BYTES, random)) {
            return x25519KeyPair(fresh);
        }
    }

    @Override
    public final X25519KeyPair x25519KeyPair(SecretBytes privateKey) {
        checkKeySize(privateKey);
        byte[] point = new byte[KEY_BYTES];
        return privateKey.use(scalar -> {
            // Base multiplication has tables here, which makes it as fast as the accelerators' general one.
            X25519.scalarMultBase(scalar, 0, point, 0);
            return new X25519KeyPair(SecretBytes.owning(scalar.clone()), new X25519PublicKey(Bytes.owning(point)));
        });
    }

    @Override
    public final SecretBytes agree(SecretBytes privateKey, X25519PublicKey theirs) throws CryptoException {
        checkKeySize(privateKey);
        byte[] point = theirs.bytes().toArray();
        byte[] shared = privateKey.use(scalar -> sharedPoint(scalar, point));
        if (isAllZero(shared)) {
            throw new CryptoException("an X25519 public key of small order");
        }
        return SecretBytes.owning(shared);
    }

    @Override
    public final Ed25519KeyPair generateEd25519(RandomGenerator random) {
        try (SecretBytes fresh = SecretBytes.random(KEY_BYTES, random)) {
            return ed25519KeyPair(fresh);
        }
    }

    @Override
    public final Ed25519KeyPair ed25519KeyPair(SecretBytes seed) {
        checkKeySize(seed);
        byte[] point = new byte[KEY_BYTES];
        return seed.use(bytes -> {
            Ed25519.generatePublicKey(bytes, 0, point, 0);
            return new Ed25519KeyPair(SecretBytes.owning(bytes.clone()), new Ed25519PublicKey(Bytes.owning(point)));
        });
    }

    @Override
    public final Bytes sign(Ed25519KeyPair key, Bytes message) {
        byte[] publicKey = key.publicKey().bytes().toArray();
        return Bytes.owning(key.privateKey().use(seed -> signature(seed, publicKey, message.toArray())));
    }

    @Override
    public final boolean verify(Ed25519PublicKey key, Bytes message, Bytes signature) {
        byte[] publicKey = key.bytes().toArray();
        byte[] signed = signature.toArray();
        return Ed25519Rules.isWellFormed(signed)
                && Ed25519Rules.isSafePoint(publicKey)
                && satisfiesEquation(publicKey, message.toArray(), signed);
    }

    @Override
    public final MlKem768KeyPair generateMlKem768(RandomGenerator random) {
        try (SecretBytes fresh = SecretBytes.random(MlKem768KeyPair.SEED_BYTES, random)) {
            return mlKem768KeyPair(fresh);
        }
    }

    @Override
    public final MlKem768KeyPair mlKem768KeyPair(SecretBytes seed) {
        return MlKem768.keyPair(seed);
    }

    @Override
    public final MlKem768Encapsulation encapsulate(MlKem768PublicKey theirs, RandomGenerator random)
            throws CryptoException {
        return MlKem768.encapsulate(theirs, random);
    }

    @Override
    public final SecretBytes decapsulate(MlKem768KeyPair ours, Bytes ciphertext) throws CryptoException {
        return MlKem768.decapsulate(ours, ciphertext);
    }

    @Override
    public final Aead chaCha20Poly1305(SecretBytes key) {
        checkKeySize(key);
        return ciphers.cipher(key);
    }

    /** The X25519 function; all zero for a point of small order. */
    byte[] sharedPoint(byte[] scalar, byte[] point) {
        byte[] shared = new byte[KEY_BYTES];
        X25519.scalarMult(scalar, 0, point, 0, shared, 0);
        return shared;
    }

    byte[] signature(byte[] seed, byte[] publicKey, byte[] message) {
        byte[] signature = new byte[Ed25519Rules.SIGNATURE_BYTES];
        Ed25519.sign(seed, 0, publicKey, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    /** The cofactorless equation of RFC 8032 §5.1.7, for a key and a signature that passed {@link Ed25519Rules}. */
    boolean satisfiesEquation(byte[] publicKey, byte[] message, byte[] signature) {
        // Bouncy Castle multiplies the equation by a number that may be even, so that a commitment with a component of
        // small
        // order could slip through; where the commitment has none, the multiplied equation holds exactly if the plain
        // one does.
        return Ed25519.verify(signature, 0, publicKey, 0, message, 0, message.length)
                && Ed25519Rules.isSafePoint(Arrays.copyOf(signature, KEY_BYTES));
    }

    private static void checkKeySize(SecretBytes key) {
        if (key.size() != KEY_BYTES) {
            throw new IllegalArgumentException("a private key has 32 bytes, not " + key.size());
        }
    }

    private static boolean isAllZero(byte[] bytes) {
        int seen = 0;
        for (byte b : bytes) {
            seen |= b;
        }
        return seen == 0;
    }
}
