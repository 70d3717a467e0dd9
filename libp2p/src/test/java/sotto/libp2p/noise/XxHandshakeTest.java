package sotto.libp2p.noise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.Vectors;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.crypto.CryptoException;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.crypto.X25519KeyPair;
import sotto.libp2p.runtime.Seeds;

/** Proves that the handshake is Noise XX to the byte, and that a changed byte anywhere ends it. */
class XxHandshakeTest {
    private static final Crypto CRYPTO = CryptoChoice.fastest();
    private static final int MESSAGES = 6;
    private static final int HANDSHAKE_MESSAGES = 3;

    @Test
    void meetsThePublishedVectors() {
        Vectors.forEach("noise-xx.txt", vector -> {
            XxHandshake initiator = handshake(vector, true);
            XxHandshake responder = handshake(vector, false);
            for (int i = 1; i <= HANDSHAKE_MESSAGES; i++) {
                XxHandshake writer = i % 2 == 1 ? initiator : responder;
                XxHandshake reader = i % 2 == 1 ? responder : initiator;
                Bytes message = writer.write(vector.bytes("payload " + i));
                assertEquals(vector.bytes("ciphertext " + i), message);
                assertEquals(vector.bytes("payload " + i), reader.read(message));
            }
            assertEquals(vector.bytes("handshake hash"), initiator.hash());
            assertEquals(vector.bytes("handshake hash"), responder.hash());

            NoiseChannel ofInitiator = initiator.split();
            NoiseChannel ofResponder = responder.split();
            for (int i = HANDSHAKE_MESSAGES + 1; i <= MESSAGES; i++) {
                NoiseChannel writer = i % 2 == 1 ? ofInitiator : ofResponder;
                NoiseChannel reader = i % 2 == 1 ? ofResponder : ofInitiator;
                Bytes message = seal(writer, vector.bytes("payload " + i));
                assertEquals(vector.bytes("ciphertext " + i), message);
                assertEquals(vector.bytes("payload " + i), open(reader, message));
            }
        });
    }

    @Test
    void endsWithinTheHandshakeWhereverAByteIsChanged() {
        Seeds.forEach(300, random -> {
            XxHandshake initiator =
                    new XxHandshake(CRYPTO, true, CRYPTO.generateX25519(random), CRYPTO.generateX25519(random));
            XxHandshake responder =
                    new XxHandshake(CRYPTO, false, CRYPTO.generateX25519(random), CRYPTO.generateX25519(random));
            int changedMessage = random.nextInt(HANDSHAKE_MESSAGES);
            assertThrows(HandshakeException.class, () -> {
                for (int i = 0; i < HANDSHAKE_MESSAGES; i++) {
                    XxHandshake writer = i % 2 == 0 ? initiator : responder;
                    byte[] message = writer.write(Bytes.utf8("payload")).toArray();
                    if (i == changedMessage) {
                        // Not the top bit of a key: X25519 ignores it, and only the hash of the next message shows it.
                        message[random.nextInt(message.length)] ^= (byte) (1 << random.nextInt(7));
                    }
                    (i % 2 == 0 ? responder : initiator).read(Bytes.owning(message));
                }
            });
        });
    }

    @Test
    void anyBytesAsAMessageAreRefused() {
        Seeds.forEach(200, random -> {
            XxHandshake initiator =
                    new XxHandshake(CRYPTO, true, CRYPTO.generateX25519(random), CRYPTO.generateX25519(random));
            initiator.write(Bytes.EMPTY);
            Bytes noise = Bytes.owning(Seeds.bytes(random, 200));
            assertThrows(HandshakeException.class, () -> initiator.read(noise));
        });
    }

    @Test
    void refusesKeysOfSmallOrder() {
        Seeds.forEach(5, random -> {
            XxHandshake responder =
                    new XxHandshake(CRYPTO, false, CRYPTO.generateX25519(random), CRYPTO.generateX25519(random));
            responder.read(Bytes.owning(new byte[32]));
            assertThrows(HandshakeException.class, () -> responder.write(Bytes.EMPTY));
        });
    }

    @Test
    void opensNoMessageTwiceAndNoneOutOfOrder() throws Exception {
        NoiseChannel[] channels = channels();
        List<Bytes> sealed = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            sealed.add(seal(channels[0], Bytes.utf8("message " + i)));
        }
        assertThrows(CryptoException.class, () -> open(channels[1], sealed.get(1)));
        assertEquals(Bytes.utf8("message 0"), open(channels[1], sealed.get(0)));
        assertThrows(CryptoException.class, () -> open(channels[1], sealed.get(0)));
        assertEquals(Bytes.utf8("message 1"), open(channels[1], sealed.get(1)));
    }

    @Test
    void namesEveryChannelDifferently() throws Exception {
        assertTrue(!handshakeHash().equals(handshakeHash()));
    }

    private static Bytes handshakeHash() throws HandshakeException {
        return run()[0].hash();
    }

    private static NoiseChannel[] channels() throws HandshakeException {
        XxHandshake[] ends = run();
        return new NoiseChannel[] {ends[0].split(), ends[1].split()};
    }

    private static XxHandshake[] run() throws HandshakeException {
        var random = sotto.libp2p.runtime.Entropy.secure();
        XxHandshake initiator =
                new XxHandshake(CRYPTO, true, CRYPTO.generateX25519(random), CRYPTO.generateX25519(random));
        XxHandshake responder =
                new XxHandshake(CRYPTO, false, CRYPTO.generateX25519(random), CRYPTO.generateX25519(random));
        responder.read(initiator.write(Bytes.EMPTY));
        initiator.read(responder.write(Bytes.EMPTY));
        responder.read(initiator.write(Bytes.EMPTY));
        return new XxHandshake[] {initiator, responder};
    }

    private static XxHandshake handshake(Vectors.Vector vector, boolean isInitiator) {
        String role = isInitiator ? "initiator" : "responder";
        return new XxHandshake(
                CRYPTO,
                isInitiator,
                keyPair(vector.bytes(role + " static")),
                keyPair(vector.bytes(role + " ephemeral")),
                vector.bytes("prologue"));
    }

    private static X25519KeyPair keyPair(Bytes privateKey) {
        return CRYPTO.x25519KeyPair(SecretBytes.copyOf(privateKey));
    }

    private static Bytes seal(NoiseChannel channel, Bytes plaintext) {
        byte[] sealed = new byte[plaintext.size() + Crypto.AEAD_TAG_BYTES];
        channel.seal(plaintext.toArray(), 0, plaintext.size(), sealed, 0);
        return Bytes.owning(sealed);
    }

    private static Bytes open(NoiseChannel channel, Bytes sealed) throws CryptoException {
        byte[] message = sealed.toArray();
        int sizeBytes = channel.open(message, 0, message.length);
        return Bytes.owning(message).slice(0, sizeBytes);
    }
}
