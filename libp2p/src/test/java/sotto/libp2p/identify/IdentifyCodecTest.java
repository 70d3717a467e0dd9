package sotto.libp2p.identify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.crypto.PublicKey;
import sotto.libp2p.host.PeerDescription;
import sotto.libp2p.host.ProtocolId;
import sotto.libp2p.identify.pb.IdentifyMessage;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.Entropy;
import sotto.libp2p.runtime.Seeds;

/** Proves that descriptions survive the wire, that a push changes only what it names, and that strangers' messages are bounded. */
class IdentifyCodecTest {
    private static final PeerDescription NOTHING = new PeerDescription("", List.of(), Optional.empty(), List.of());

    private final PublicKey key =
            CryptoChoice.fastest().generateEd25519(Entropy.secure()).publicKey();

    @Test
    void survivesTheWire() throws WireException {
        PeerDescription description = description();
        assertEquals(description, IdentifyCodec.decode(IdentifyCodec.encode(key, description), NOTHING));
    }

    @Test
    void changesOnlyWhatAPushNames() throws WireException {
        IdentifyMessage push =
                IdentifyMessage.newBuilder().addProtocols("/only/this").build();
        PeerDescription changed = IdentifyCodec.decode(bytes(push), description());
        assertEquals(List.of(new ProtocolId("/only/this")), changed.protocols());
        assertEquals(description().listenAddresses(), changed.listenAddresses());
        assertEquals(description().observedAddress(), changed.observedAddress());
    }

    @Test
    void leavesOutWhatThisHostCannotRead() throws WireException {
        IdentifyMessage message = IdentifyMessage.newBuilder()
                .addListenAddrs(ByteString.copyFrom(new byte[] {(byte) 0xff, 0x7f, 1, 2}))
                .addListenAddrs(ByteString.copyFrom(
                        Multiaddr.parse("/ip4/1.2.3.4/tcp/5").encode().asByteBuffer()))
                .addProtocols("no slash")
                .addProtocols("/fine")
                .setObservedAddr(ByteString.EMPTY)
                .build();
        PeerDescription description = IdentifyCodec.decode(bytes(message), NOTHING);
        assertEquals(List.of(Multiaddr.parse("/ip4/1.2.3.4/tcp/5")), description.listenAddresses());
        assertEquals(List.of(new ProtocolId("/fine")), description.protocols());
        assertEquals(Optional.empty(), description.observedAddress());
    }

    @Test
    void refusesMoreAddressesOrProtocolsThanAnybodyHas() {
        IdentifyMessage.Builder protocols = IdentifyMessage.newBuilder();
        IdentifyMessage.Builder addresses = IdentifyMessage.newBuilder();
        for (int i = 0; i < 257; i++) {
            protocols.addProtocols("/p");
            addresses.addListenAddrs(ByteString.EMPTY);
        }
        assertThrows(WireException.class, () -> IdentifyCodec.decode(bytes(protocols.build()), NOTHING));
        assertThrows(WireException.class, () -> IdentifyCodec.decode(bytes(addresses.build()), NOTHING));
    }

    @Test
    void cutsALongAgentName() throws WireException {
        IdentifyMessage message =
                IdentifyMessage.newBuilder().setAgentVersion("x".repeat(5000)).build();
        assertEquals(
                256,
                IdentifyCodec.decode(bytes(message), NOTHING).agentVersion().length());
    }

    @Test
    void anyBytesAreADescriptionOrAWireException() {
        Seeds.forEach(2_000, random -> {
            try {
                PeerDescription description = IdentifyCodec.decode(Bytes.owning(Seeds.bytes(random, 300)), NOTHING);
                assertTrue(description.agentVersion().length() <= 256);
            } catch (WireException refused) {
                return; // The other allowed outcome.
            }
        });
    }

    private static PeerDescription description() throws WireException {
        return new PeerDescription(
                "sotto",
                List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/4001"), Multiaddr.parse("/ip6/::1/tcp/4001")),
                Optional.of(Multiaddr.parse("/ip4/10.0.0.1/tcp/1234")),
                List.of(new ProtocolId("/a"), new ProtocolId("/b")));
    }

    private static Bytes bytes(IdentifyMessage message) {
        return Bytes.owning(message.toByteArray());
    }
}
