package sotto.libp2p.kad;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.kad.pb.KadMessage;
import sotto.libp2p.kad.pb.KadMessage.KadPeer;
import sotto.libp2p.kad.pb.KadMessage.MessageType;
import sotto.libp2p.kad.pb.KadRecord;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.peer.PeerId;

/** The messages of the protocol (kad-dht specification, "RPC messages"). Stateless. */
public final class KadCodec {
    /** Peers of one kind in one message: k, and some for those who count differently. */
    static final int PEERS_MAX = 2 * KadConstants.REPLICATION;

    /** Addresses of one peer that are looked at; the first few of those that can be read are kept. */
    private static final int ADDRESSES_READ_MAX = 64;

    /** Addresses of one peer that are written, together; so that all peers of an answer fit into a message. */
    private static final int ADDRESS_BYTES_MAX = 256;

    /** With a fraction, which the other implementations insist on. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final Map<Class<? extends Request>, MessageType> TYPES = Map.of(
            Request.FindNode.class, MessageType.FIND_NODE,
            Request.GetValue.class, MessageType.GET_VALUE,
            Request.PutValue.class, MessageType.PUT_VALUE,
            Request.GetProviders.class, MessageType.GET_PROVIDERS,
            Request.AddProvider.class, MessageType.ADD_PROVIDER,
            Request.Ping.class, MessageType.PING);

    private KadCodec() {}

    public static Bytes encode(Request request) {
        return bytes(request.match(new Encoding()));
    }

    /** {@code answer} to {@code request}. */
    public static Bytes encode(Answer answer, Request request) {
        KadMessage.Builder message = KadMessage.newBuilder().setType(typeOf(request));
        if (!request.key().isEmpty()) {
            message.setKey(byteString(request.key()));
        }
        answer.value().ifPresent(value -> message.setRecord(record(request.key(), value.value(), value.receivedAt())));
        answer.closer().stream().limit(PEERS_MAX).forEach(peer -> message.addCloserPeers(encode(peer)));
        answer.providers().stream().limit(PEERS_MAX).forEach(peer -> message.addProviderPeers(encode(peer)));
        return bytes(message);
    }

    /** Reads a request; keys and values are bounded by {@code limits}. */
    public static Request decodeRequest(Bytes encoded, KadLimits.Records limits) throws WireException {
        KadMessage message = parse(encoded);
        if (message.getType() == MessageType.PING) {
            return new Request.Ping();
        }
        Bytes key = key(message, limits);
        // The default is the first, PUT_VALUE, which others therefore leave out.
        return switch (message.getType()) {
            case FIND_NODE -> new Request.FindNode(key);
            case GET_VALUE -> new Request.GetValue(key);
            case PUT_VALUE -> new Request.PutValue(key, value(message, key, limits), Instant.EPOCH);
            case GET_PROVIDERS -> new Request.GetProviders(key);
            case ADD_PROVIDER -> new Request.AddProvider(key, peers(message.getProviderPeersList()));
            case PING -> throw new IllegalStateException("was handled");
        };
    }

    /** Reads the answer to {@code request}; what it names beyond the bounds is an error. */
    public static Answer decodeAnswer(Bytes encoded, Request request, KadLimits.Records limits) throws WireException {
        KadMessage message = parse(encoded);
        if (message.getType() != typeOf(request)) {
            throw new WireException("an answer to another question");
        }
        Optional<Answer.Value> value =
                message.hasRecord() && message.getRecord().hasValue()
                        ? Optional.of(new Answer.Value(value(message, request.key(), limits), Instant.EPOCH))
                        : Optional.empty();
        return new Answer(value, peers(message.getCloserPeersList()), peers(message.getProviderPeersList()));
    }

    private static MessageType typeOf(Request request) {
        MessageType type = TYPES.get(request.getClass());
        if (type == null) {
            throw new IllegalStateException("a kind of request without a type");
        }
        return type;
    }

    private static KadMessage parse(Bytes encoded) throws WireException {
        try {
            return KadMessage.parseFrom(encoded.asByteBuffer());
        } catch (InvalidProtocolBufferException malformed) {
            throw new WireException("a malformed kad message", malformed);
        }
    }

    private static Bytes key(KadMessage message, KadLimits.Records limits) throws WireException {
        int sizeBytes = message.getKey().size();
        if (sizeBytes == 0 || sizeBytes > limits.keyBytesMax()) {
            throw new WireException("a key of " + sizeBytes + " bytes, not 1 to " + limits.keyBytesMax());
        }
        return Bytes.owning(message.getKey().toByteArray());
    }

    private static Bytes value(KadMessage message, Bytes key, KadLimits.Records limits) throws WireException {
        KadRecord record = message.getRecord();
        if (!record.hasValue() || !Bytes.owning(record.getKey().toByteArray()).equals(key)) {
            throw new WireException("a record of another key, or none");
        }
        if (record.getValue().size() > limits.valueBytesMax()) {
            throw new WireException(
                    "a value of " + record.getValue().size() + " bytes, at most " + limits.valueBytesMax());
        }
        return Bytes.owning(record.getValue().toByteArray());
    }

    /** Leaves out peers whose id no host of this kind can have. */
    private static List<Peer> peers(List<KadPeer> encoded) throws WireException {
        if (encoded.size() > PEERS_MAX) {
            throw new WireException(encoded.size() + " peers, at most " + PEERS_MAX);
        }
        List<Peer> peers = new ArrayList<>(encoded.size());
        for (KadPeer each : encoded) {
            peer(each).ifPresent(peers::add);
        }
        return peers;
    }

    private static Optional<Peer> peer(KadPeer encoded) {
        try {
            PeerId id = PeerId.decode(Bytes.owning(encoded.getId().toByteArray()));
            List<Multiaddr> addresses = encoded.getAddrsList().stream()
                    .limit(ADDRESSES_READ_MAX)
                    .flatMap(address -> address(address).stream())
                    .toList();
            return Optional.of(Peer.of(id, addresses));
        } catch (WireException unknown) {
            return Optional.empty();
        }
    }

    /** Absent for the kinds of address that this host does not know. */
    private static Optional<Multiaddr> address(ByteString encoded) {
        try {
            return Optional.of(Multiaddr.decode(Bytes.owning(encoded.toByteArray())));
        } catch (WireException unknown) {
            return Optional.empty();
        }
    }

    private static KadPeer encode(Peer peer) {
        KadPeer.Builder encoded =
                KadPeer.newBuilder().setId(byteString(peer.id().multihash()));
        int sizeBytes = 0;
        for (Multiaddr each : peer.addresses()) {
            Bytes address = each.encode();
            sizeBytes += address.size();
            if (sizeBytes <= ADDRESS_BYTES_MAX) {
                encoded.addAddrs(byteString(address));
            }
        }
        return encoded.build();
    }

    private static KadRecord record(Bytes key, Bytes value, Instant receivedAt) {
        return KadRecord.newBuilder()
                .setKey(byteString(key))
                .setValue(byteString(value))
                .setTimeReceived(TIME.format(receivedAt))
                .build();
    }

    private static Bytes bytes(KadMessage.Builder message) {
        return Bytes.owning(message.build().toByteArray());
    }

    private static ByteString byteString(Bytes bytes) {
        return ByteString.copyFrom(bytes.asByteBuffer());
    }

    /** A request as a message. */
    private static final class Encoding implements Request.Cases<KadMessage.Builder> {
        @Override
        public KadMessage.Builder onFindNode(Request.FindNode request) {
            return about(request);
        }

        @Override
        public KadMessage.Builder onGetValue(Request.GetValue request) {
            return about(request);
        }

        @Override
        public KadMessage.Builder onPutValue(Request.PutValue request) {
            return about(request).setRecord(record(request.key(), request.value(), request.at()));
        }

        @Override
        public KadMessage.Builder onGetProviders(Request.GetProviders request) {
            return about(request);
        }

        @Override
        public KadMessage.Builder onAddProvider(Request.AddProvider request) {
            KadMessage.Builder message = about(request);
            request.providers().stream().limit(PEERS_MAX).forEach(peer -> message.addProviderPeers(encode(peer)));
            return message;
        }

        @Override
        public KadMessage.Builder onPing(Request.Ping request) {
            return KadMessage.newBuilder().setType(MessageType.PING);
        }

        private static KadMessage.Builder about(Request request) {
            return KadMessage.newBuilder().setType(typeOf(request)).setKey(byteString(request.key()));
        }
    }
}
