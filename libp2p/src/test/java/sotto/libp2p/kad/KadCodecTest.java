package sotto.libp2p.kad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.kad.pb.KadMessage;
import sotto.libp2p.kad.pb.KadRecord;
import sotto.libp2p.peer.Multiaddr;
import sotto.libp2p.runtime.Seeds;

/** Proves that messages survive the wire, that the largest fits its bound, and that strangers' messages are bounded. */
class KadCodecTest {
    private static final KadLimits.Records LIMITS = KadLimits.STANDARD.records();
    private static final Instant AT = Instant.EPOCH;

    @Test
    void requestsSurviveTheWire() {
        Seeds.forEach(200, random -> {
            for (Request request : requests(random)) {
                assertEquals(request, KadCodec.decodeRequest(KadCodec.encode(request), LIMITS));
            }
        });
    }

    @Test
    void answersSurviveTheWire() {
        Seeds.forEach(200, random -> {
            Request request = new Request.GetValue(Peers.bytes(random, 20));
            Answer answer = new Answer(
                    random.nextBoolean()
                            ? Optional.of(new Answer.Value(Peers.bytes(random, random.nextInt(4_609)), AT))
                            : Optional.empty(),
                    Peers.many(random, random.nextInt(21)),
                    Peers.many(random, random.nextInt(21)));
            Answer read = KadCodec.decodeAnswer(KadCodec.encode(answer, request), request, LIMITS);
            assertEquals(answer, read);
            for (int i = 0; i < answer.closer().size(); i++) {
                assertEquals(
                        answer.closer().get(i).addresses(), read.closer().get(i).addresses());
            }
        });
    }

    @Test
    void theLargestAnswerFitsTheBound() throws WireException {
        RandomGenerator random = new java.util.SplittableRandom(1);
        List<Multiaddr> addresses = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            addresses.add(Peers.address("/dns/" + "x".repeat(100) + i + ".example/tcp/4001"));
        }
        List<Peer> peers =
                Peers.many(random, 20).stream().map(peer -> peer.at(addresses)).toList();
        Request request = new Request.GetValue(Peers.bytes(random, LIMITS.keyBytesMax()));
        Answer.Value value = new Answer.Value(Peers.bytes(random, LIMITS.valueBytesMax()), AT);
        Bytes withValue = KadCodec.encode(new Answer(Optional.of(value), peers, List.of()), request);
        Bytes withProviders = KadCodec.encode(new Answer(Optional.empty(), peers, peers), request);
        int max = KadLimits.STANDARD.service().messageBytesMax();
        assertTrue(withValue.size() <= max, () -> withValue.size() + " bytes");
        assertTrue(withProviders.size() <= max, () -> withProviders.size() + " bytes");
        assertEquals(
                2,
                KadCodec.decodeAnswer(withValue, request, LIMITS)
                        .closer()
                        .get(0)
                        .addresses()
                        .size());
    }

    @Test
    void refusesWhatIsTooLargeOrMissing() {
        KadMessage.Builder noKey = KadMessage.newBuilder().setType(KadMessage.MessageType.FIND_NODE);
        refuses(noKey);
        refuses(noKey.clone().setKey(ByteString.copyFrom(new byte[LIMITS.keyBytesMax() + 1])));
        KadMessage.Builder put = KadMessage.newBuilder().setKey(ByteString.copyFromUtf8("/a/b"));
        refuses(put);
        refuses(put.clone().setRecord(KadRecord.newBuilder().setKey(put.getKey())));
        refuses(put.clone()
                .setRecord(KadRecord.newBuilder()
                        .setKey(ByteString.copyFromUtf8("/a/c"))
                        .setValue(ByteString.EMPTY)));
        refuses(put.clone()
                .setRecord(KadRecord.newBuilder()
                        .setKey(put.getKey())
                        .setValue(ByteString.copyFrom(new byte[LIMITS.valueBytesMax() + 1]))));
        KadMessage.Builder crowd = put.clone().setType(KadMessage.MessageType.ADD_PROVIDER);
        for (int i = 0; i <= KadCodec.PEERS_MAX; i++) {
            crowd.addProviderPeers(KadMessage.KadPeer.getDefaultInstance());
        }
        refuses(crowd);
    }

    @Test
    void leavesOutPeersAndAddressesOfUnknownKinds() throws WireException {
        RandomGenerator random = new java.util.SplittableRandom(1);
        Peer known = Peers.peer(random);
        KadMessage message = KadMessage.newBuilder()
                .setType(KadMessage.MessageType.FIND_NODE)
                .addCloserPeers(KadMessage.KadPeer.newBuilder().setId(ByteString.copyFromUtf8("no id")))
                .addCloserPeers(KadMessage.KadPeer.newBuilder()
                        .setId(ByteString.copyFrom(known.id().multihash().asByteBuffer()))
                        .addAddrs(ByteString.copyFromUtf8("no address"))
                        .addAddrs(ByteString.copyFrom(
                                known.addresses().get(0).encode().asByteBuffer())))
                .build();
        Answer answer = KadCodec.decodeAnswer(
                Bytes.owning(message.toByteArray()),
                new Request.FindNode(known.id().multihash()),
                LIMITS);
        assertEquals(List.of(known), answer.closer());
        assertEquals(known.addresses(), answer.closer().get(0).addresses());
    }

    @Test
    void refusesTheAnswerToAnotherQuestion() {
        Bytes key = Bytes.utf8("/a/b");
        Bytes pong = KadCodec.encode(Answer.EMPTY, new Request.Ping());
        assertThrows(WireException.class, () -> KadCodec.decodeAnswer(pong, new Request.FindNode(key), LIMITS));
        Answer answer = new Answer(Optional.of(new Answer.Value(key, AT)), List.of(), List.of());
        Bytes other = KadCodec.encode(answer, new Request.GetValue(Bytes.utf8("/a/c")));
        assertThrows(WireException.class, () -> KadCodec.decodeAnswer(other, new Request.GetValue(key), LIMITS));
    }

    @Test
    void anyBytesAreAMessageOrAWireException() {
        Seeds.forEach(3_000, random -> {
            Bytes bytes = random.nextBoolean()
                    ? Bytes.owning(Seeds.bytes(random, 300))
                    : damaged(KadCodec.encode(requests(random).get(random.nextInt(6))), random);
            try {
                Request request = KadCodec.decodeRequest(bytes, LIMITS);
                assertEquals(request, KadCodec.decodeRequest(KadCodec.encode(request), LIMITS));
            } catch (WireException refused) {
                return; // The other allowed outcome.
            }
        });
        Seeds.forEach(3_000, random -> {
            Request request = new Request.GetProviders(Peers.bytes(random, 5));
            Answer answer = new Answer(Optional.empty(), Peers.many(random, 3), Peers.many(random, 2));
            try {
                Bytes bytes = damaged(KadCodec.encode(answer, request), random);
                Answer read = KadCodec.decodeAnswer(bytes, request, LIMITS);
                assertTrue(read.closer().size() <= KadCodec.PEERS_MAX);
            } catch (WireException refused) {
                return; // The other allowed outcome.
            }
        });
    }

    private static Bytes damaged(Bytes bytes, RandomGenerator random) {
        byte[] array = bytes.toArray();
        array[random.nextInt(array.length)] = (byte) random.nextInt(256);
        return Bytes.owning(array).slice(0, random.nextInt(array.length + 1));
    }

    private static List<Request> requests(RandomGenerator random) {
        Bytes key = Peers.bytes(random, random.nextInt(1, LIMITS.keyBytesMax() + 1));
        return List.of(
                new Request.FindNode(key),
                new Request.GetValue(key),
                new Request.PutValue(key, Peers.bytes(random, random.nextInt(LIMITS.valueBytesMax() + 1)), AT),
                new Request.GetProviders(key),
                new Request.AddProvider(key, Peers.many(random, random.nextInt(3))),
                new Request.Ping());
    }

    private static void refuses(KadMessage.Builder message) {
        Bytes bytes = Bytes.owning(message.build().toByteArray());
        assertThrows(WireException.class, () -> KadCodec.decodeRequest(bytes, LIMITS));
    }
}
