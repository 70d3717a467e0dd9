package sotto.libp2p.crypto;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import org.conscrypt.Conscrypt;

/**
 * Chooses who does the cryptography on this JVM, once, by what was measured: Conscrypt's X25519 and Ed25519 wherever its native
 * library loads, Bouncy Castle's elsewhere; ChaCha20-Poly1305 by the JDK from 25 on (vector instructions), by Conscrypt on
 * older ones, by Bouncy Castle where neither is; AES-256-GCM by Conscrypt, or the JDK. Nothing is loaded before the first call.
 */
public final class CryptoChoice {
    private static final int JDK_WITH_FAST_CHACHA = 25;

    private CryptoChoice() {}

    /** The fastest implementation here; always the same one. The first call loads providers, which takes about 0.1 s. */
    public static Crypto fastest() {
        return Holder.FASTEST;
    }

    /**
     * A fresh AES-256-GCM cipher of the JCA ({@code AES/GCM/NoPadding}), by Conscrypt where it is. The JDK's is as good once it is
     * compiled as its authors meant; until then, and whenever a JVM falls back from that, a page of 4 KiB takes it 0.1 ms
     * instead of 3 µs. Confined to one thread.
     */
    public static Cipher aesGcm() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding", Holder.AES_GCM);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the provider was asked for this cipher when it was chosen", impossible);
        }
    }

    /** Every implementation that can run here, the portable one first: for tests and benchmarks. */
    static List<Crypto> all() {
        List<AeadProvider> ciphers = new ArrayList<>(List.of(bouncyCastleCipher()));
        jdkCipher().ifPresent(ciphers::add);
        Optional<Provider> conscrypt = conscrypt();
        conscrypt.map(CryptoChoice::conscryptCipher).ifPresent(ciphers::add);
        List<Crypto> all = new ArrayList<>();
        ciphers.forEach(cipher -> all.add(new BouncyCastleCrypto(cipher)));
        conscrypt.ifPresent(provider -> all.add(new ConscryptCrypto(provider, conscryptCipher(provider))));
        return all;
    }

    private static Crypto choose() {
        Optional<Provider> conscrypt = conscrypt();
        AeadProvider cipher = Optional.<AeadProvider>empty()
                .or(() -> Runtime.version().feature() >= JDK_WITH_FAST_CHACHA ? jdkCipher() : Optional.empty())
                .or(() -> conscrypt.map(CryptoChoice::conscryptCipher))
                .orElseGet(CryptoChoice::bouncyCastleCipher);
        return conscrypt
                .<Crypto>map(provider -> new ConscryptCrypto(provider, cipher))
                .orElseGet(() -> new BouncyCastleCrypto(cipher));
    }

    /** Conscrypt's provider, kept to ourselves: it is not registered with the JVM, whose TLS stays as it was. */
    private static Optional<Provider> conscrypt() {
        return Conscrypt.isAvailable() ? Optional.of(Conscrypt.newProvider()) : Optional.empty();
    }

    private static AeadProvider conscryptCipher(Provider conscrypt) {
        Conscrypt.Version version = Conscrypt.version();
        String name = "Conscrypt " + version.major() + "." + version.minor() + "." + version.patch();
        return new JcaAeadProvider(name, conscrypt, "ChaCha20/Poly1305/NoPadding", new NativePass());
    }

    private static Optional<AeadProvider> jdkCipher() {
        try {
            String transformation = "ChaCha20-Poly1305";
            Provider provider = Cipher.getInstance(transformation).getProvider();
            return Optional.of(new JcaAeadProvider(
                    "JDK " + Runtime.version().feature(), provider, transformation, Cipher::doFinal));
        } catch (GeneralSecurityException absent) {
            return Optional.empty();
        }
    }

    private static AeadProvider bouncyCastleCipher() {
        return new BouncyCastleCipher("Bouncy Castle");
    }

    private record BouncyCastleCipher(String name) implements AeadProvider {
        @Override
        public Aead cipher(SecretBytes key) {
            return new BouncyCastleAead(key);
        }
    }

    private static Provider chooseAesGcm() {
        return conscrypt().orElseGet(() -> {
            try {
                return Cipher.getInstance("AES/GCM/NoPadding").getProvider();
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException("every JDK has AES-GCM", impossible);
            }
        });
    }

    private static final class Holder {
        static final Crypto FASTEST = choose();
        static final Provider AES_GCM = chooseAesGcm();
    }
}
