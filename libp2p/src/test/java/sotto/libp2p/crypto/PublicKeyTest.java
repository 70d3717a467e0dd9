package sotto.libp2p.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.SplittableRandom;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.Varint;
import sotto.libp2p.bytes.Vectors;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.runtime.Seeds;

/** Proves that the keys of all four kinds are read as other implementations write them, verify their signatures, and have one encoding. */
class PublicKeyTest {
    private static final Crypto CRYPTO = CryptoChoice.fastest();

    @Test
    void readsTheKeysOfOthersAndVerifiesTheirSignatures() {
        Vectors.forEach("public-keys.txt", vector -> {
            PublicKey key = PublicKey.decode(vector.bytes("key"));
            assertEquals(vector.text("type"), key.type().name());
            assertEquals(vector.bytes("key"), key.encode());
            assertEquals(key, PublicKey.decode(key.encode()));
            if (vector.values().containsKey("signature")) {
                verifies(key, vector.bytes("message"), vector.bytes("signature"));
            }
        });
    }

    @Test
    void refuseSignaturesThatAreNotInDer() {
        // Each holds the numbers 1 and 1 in a form of BER, or is broken; none may throw.
        for (String hex : new String[] {
            "3006020101020101",
            "308106020101020101",
            "300702020001020101",
            "3006020101020181",
            "3006030101020101",
            "3106020101020101",
            "300602ff01020101",
            "30060201010200",
            "3080020101020101",
            "300602010102010100"
        }) {
            for (String kind : new String[] {"Secp256k1", "ECDSA"}) {
                Vectors.forEach("public-keys.txt", vector -> {
                    if (vector.text("type").equals(kind)) {
                        PublicKey key = PublicKey.decode(vector.bytes("key"));
                        assertFalse(key.verifies(CRYPTO, Bytes.EMPTY, Bytes.ofHex(hex)));
                    }
                });
            }
        }
    }

    private static void verifies(PublicKey key, Bytes message, Bytes signature) {
        assertTrue(key.verifies(CRYPTO, message, signature));
        assertFalse(key.verifies(CRYPTO, Bytes.concat(message, Bytes.utf8("x")), signature));
        assertFalse(key.verifies(CRYPTO, message, Bytes.EMPTY));
        assertFalse(key.verifies(CRYPTO, message, Bytes.concat(signature, Bytes.utf8("x"))));
        for (int i = 0; i < signature.size(); i++) {
            byte[] forged = signature.toArray();
            forged[i] ^= 1;
            assertFalse(key.verifies(CRYPTO, message, Bytes.owning(forged)), key + " byte " + i);
        }
    }

    @Test
    void verifiesEcdsaOfTheSpecificationsDialect() throws GeneralSecurityException, WireException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        PublicKey key = PublicKey.decode(Bytes.concat(
                Bytes.ofHex("0803125b"), Bytes.owning(pair.getPublic().getEncoded())));
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(pair.getPrivate());
        // Numbers of 32 bytes are written in 32 or 33; eight signatures have both.
        for (byte i = 0; i < 8; i++) {
            Bytes message = Bytes.owning(new byte[] {i});
            signer.update(message.toArray());
            Bytes signature = Bytes.owning(signer.sign());
            verifies(key, message, signature);
            assertFalse(key.verifies(CRYPTO, message, withUselessZero(signature)));
        }
    }

    /** The same two numbers, the first written with a zero more in front. */
    private static Bytes withUselessZero(Bytes signature) {
        int numberBytes = signature.at(3);
        byte[] header = {0x30, (byte) (signature.at(1) + 1), 2, (byte) (numberBytes + 1), 0};
        return Bytes.concat(Bytes.owning(header), signature.slice(4, signature.size()));
    }

    @Test
    void haveAVerdictOnAnyBytes() {
        Vectors.forEach("public-keys.txt", vector -> {
            PublicKey key = PublicKey.decode(vector.bytes("key"));
            Seeds.forEach(300, random -> {
                Bytes any = Bytes.owning(Seeds.bytes(random, 600));
                assertFalse(key.verifies(CRYPTO, Bytes.EMPTY, any));
                // A sequence of two integers with a few bytes changed gets further into a reader of DER.
                byte[] nearly = Bytes.ofHex("30440220" + "11".repeat(32) + "0220" + "22".repeat(32))
                        .toArray();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    nearly[random.nextInt(nearly.length)] = (byte) random.nextInt();
                }
                assertFalse(key.verifies(CRYPTO, Bytes.EMPTY, Bytes.owning(nearly)));
            });
        });
    }

    @Test
    void writesAKeyOfOursAsTheSpecificationDoes() {
        Ed25519KeyPair pair = CRYPTO.generateEd25519(new SplittableRandom(1));
        Bytes expected = Bytes.concat(Bytes.ofHex("08011220"), pair.publicKey().bytes());
        assertEquals(expected, pair.publicKey().encode());
    }

    @Test
    void refusesOtherEncodingsOfAKey() {
        String key = "1ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e";
        refuses("1220" + key + "0801"); // fields swapped
        refuses("0881001220" + key); // a longer varint
        refuses("080112a000" + key); // a longer length
        refuses("08011220" + key + "1800"); // a field more
        refuses("080008011220" + key); // a field twice
        refuses("1220" + key); // no kind
        refuses("0801"); // no key
        refuses("08041220" + key); // an unknown kind
        refuses("0801121f" + key.substring(2)); // a byte less
        refuses("08011221" + key + "00"); // a byte more
        refuses("");
    }

    @Test
    void refusesPointsThatAreOnNoCurve() {
        refuses("08021221" + "05" + "7777e994e452c21604f91de093ce415f5432f701dd8cd1a7a6fea0e630bfca99");
        refuses("08021221" + "02" + "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff");
        refuses("08021221" + "00".repeat(33));
        refuses("08021201" + "00");
        refuses("0803125b" + "3059301306072a8648ce3d020106082a8648ce3d030107034200" + "04" + "11".repeat(64));
        refuses("0803125b" + "3059301306072a8648ce3d020106082a8648ce3d030107034200" + "02" + "11".repeat(64));
        refuses("0803121b" + "3059301306072a8648ce3d020106082a8648ce3d030107034200" + "00");
    }

    @Test
    void boundsTheSizeOfRsaKeys() throws IOException, GeneralSecurityException {
        refusesRsa(modulus(1_024), BigInteger.valueOf(65_537));
        BigInteger usual = modulus(2_048);
        refusesRsa(usual, BigInteger.ONE.shiftLeft(40).add(BigInteger.ONE));
        refusesRsa(usual, BigInteger.valueOf(65_536));
        refusesRsa(usual.clearBit(0), BigInteger.valueOf(65_537));
        refusesRsa(BigInteger.ONE.shiftLeft(8_192).add(BigInteger.ONE), BigInteger.valueOf(65_537));
        refusesRsa(BigInteger.ONE.shiftLeft(100_000).add(BigInteger.ONE), BigInteger.valueOf(65_537));
    }

    @Test
    void readsTheLargestRsaKeyAllowed() throws IOException, WireException {
        BigInteger modulus = BigInteger.ONE.shiftLeft(8_191).add(BigInteger.ONE);
        Bytes encoded = rsaEncoded(modulus, BigInteger.valueOf(65_537));
        assertEquals(encoded, PublicKey.decode(encoded).encode());
    }

    @Test
    void readsAnyBytesAsAKeyThatIsWrittenTheSame() {
        Vectors.forEach(
                "public-keys.txt",
                vector -> Seeds.forEach(300, random -> {
                    byte[] mutated = vector.bytes("key").toArray();
                    for (int i = random.nextInt(3); i >= 0; i--) {
                        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
                    }
                    Bytes any = Bytes.owning(mutated);
                    try {
                        assertEquals(any, PublicKey.decode(any).encode());
                    } catch (WireException refused) {
                        return;
                    }
                }));
    }

    @Test
    void refusesOtherEncodingsOfAnRsaKey() throws IOException, GeneralSecurityException {
        RSAPublicKey key = new RSAPublicKey(modulus(2_048), BigInteger.valueOf(65_537));
        AlgorithmIdentifier withoutNull = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption);
        refuses(rsaEnvelope(new SubjectPublicKeyInfo(withoutNull, key).getEncoded())
                .hex());
        Bytes usual = rsaEncoded(key.getModulus(), key.getPublicExponent());
        Bytes inside = usual.slice(usual.size() - 294, usual.size());
        refuses(rsaEnvelope(Bytes.concat(inside, Bytes.utf8("x")).toArray()).hex());
        // The outer length in three bytes where two suffice.
        Bytes longer = Bytes.concat(Bytes.ofHex("3083000122"), inside.slice(4, inside.size()));
        refuses(rsaEnvelope(longer.toArray()).hex());
    }

    private static BigInteger modulus(int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return ((java.security.interfaces.RSAPublicKey)
                        generator.generateKeyPair().getPublic())
                .getModulus();
    }

    private static Bytes rsaEncoded(BigInteger modulus, BigInteger exponent) throws IOException {
        // By Bouncy Castle's ASN.1, because the JDK makes no keys as bad as some of these.
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
        return rsaEnvelope(new SubjectPublicKeyInfo(algorithm, new RSAPublicKey(modulus, exponent)).getEncoded());
    }

    private static Bytes rsaEnvelope(byte[] key) {
        return Bytes.concat(Bytes.ofHex("080012"), Varint.encode(key.length), Bytes.owning(key));
    }

    private static void refusesRsa(BigInteger modulus, BigInteger exponent) throws IOException {
        Bytes encoded = rsaEncoded(modulus, exponent);
        assertThrows(WireException.class, () -> PublicKey.decode(encoded), modulus.bitLength() + " bits " + exponent);
    }

    private static void refuses(String hex) {
        assertThrows(WireException.class, () -> PublicKey.decode(Bytes.ofHex(hex)), hex);
    }
}
