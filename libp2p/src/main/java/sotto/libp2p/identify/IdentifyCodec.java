package sotto.libp2p.identify;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.PublicKey;
import sotto.libp2p.host.PeerDescription;
import sotto.libp2p.host.ProtocolId;
import sotto.libp2p.identify.pb.IdentifyMessage;
import sotto.libp2p.peer.Multiaddr;

/** The message of identify and its push (identify specification, "The Identify Message"). Stateless. */
final class IdentifyCodec {
    /** What a message may measure; the reference implementations keep to this too. */
    static final int MESSAGE_BYTES_MAX = 8 * 1024;

    /** The family of protocols, as other hosts name it; of no consequence. */
    static final String PROTOCOL_VERSION = "ipfs/0.1.0";

    /** The same for every host of every version: it shall not tell one person from another. */
    static final String AGENT_VERSION = "sotto";

    private static final int ADDRESSES_MAX = 64;
    private static final int PROTOCOLS_MAX = 256;
    private static final int AGENT_CHARACTERS_MAX = 256;

    private IdentifyCodec() {}

    static Bytes encode(PublicKey key, PeerDescription description) {
        IdentifyMessage.Builder message = IdentifyMessage.newBuilder()
                .setProtocolVersion(PROTOCOL_VERSION)
                .setAgentVersion(description.agentVersion())
                .setPublicKey(byteString(key.encode()));
        description.listenAddresses().stream()
                .limit(ADDRESSES_MAX)
                .forEach(address -> message.addListenAddrs(byteString(address.encode())));
        description.observedAddress().ifPresent(address -> message.setObservedAddr(byteString(address.encode())));
        description.protocols().stream()
                .limit(PROTOCOLS_MAX)
                .forEach(protocol -> message.addProtocols(protocol.name()));
        return Bytes.owning(message.build().toByteArray());
    }

    /**
     * Reads a message. What it leaves out is as it was {@code before}, since a push may tell only what has changed. The key in
     * it is not looked at: the handshake has proven one.
     */
    static PeerDescription decode(Bytes encoded, PeerDescription before) throws WireException {
        IdentifyMessage message = parse(encoded);
        if (message.getListenAddrsCount() > ADDRESSES_MAX || message.getProtocolsCount() > PROTOCOLS_MAX) {
            throw new WireException("more addresses or protocols than anybody has");
        }
        return new PeerDescription(
                message.hasAgentVersion() ? cut(message.getAgentVersion()) : before.agentVersion(),
                message.getListenAddrsCount() > 0 ? addresses(message.getListenAddrsList()) : before.listenAddresses(),
                message.hasObservedAddr() ? address(message.getObservedAddr()) : before.observedAddress(),
                message.getProtocolsCount() > 0 ? protocols(message.getProtocolsList()) : before.protocols());
    }

    private static IdentifyMessage parse(Bytes encoded) throws WireException {
        try {
            return IdentifyMessage.parseFrom(encoded.asByteBuffer());
        } catch (InvalidProtocolBufferException malformed) {
            throw new WireException("a malformed identify message", malformed);
        }
    }

    private static String cut(String text) {
        return text.length() <= AGENT_CHARACTERS_MAX ? text : text.substring(0, AGENT_CHARACTERS_MAX);
    }

    private static List<Multiaddr> addresses(List<ByteString> encoded) {
        return encoded.stream().flatMap(bytes -> address(bytes).stream()).toList();
    }

    /** Absent for the kinds of address that this host does not know. */
    private static Optional<Multiaddr> address(ByteString encoded) {
        try {
            return Optional.of(Multiaddr.decode(Bytes.owning(encoded.toByteArray())));
        } catch (WireException unknown) {
            return Optional.empty();
        }
    }

    private static List<ProtocolId> protocols(List<String> names) {
        return names.stream().flatMap(IdentifyCodec::protocol).toList();
    }

    private static Stream<ProtocolId> protocol(String name) {
        try {
            return Stream.of(new ProtocolId(name));
        } catch (IllegalArgumentException notOne) {
            return Stream.empty();
        }
    }

    private static ByteString byteString(Bytes bytes) {
        return ByteString.copyFrom(bytes.asByteBuffer());
    }
}
