package sotto.libp2p.peer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.Varint;
import sotto.libp2p.bytes.WireException;

/**
 * A libp2p multiaddress, for example {@code /ip4/127.0.0.1/tcp/4001}: one or more parts of the kinds in
 * {@link AddressProtocol}, in one canonical form. Equal addresses have equal text and equal bytes. Immutable.
 */
public final class Multiaddr {
    /** The longest binary form accepted: room for a name, a relay and two peer ids. */
    public static final int SIZE_BYTES_MAX = 512;
    /** The longest text accepted. */
    public static final int TEXT_CHARACTERS_MAX = 1_024;
    /** The most parts accepted; a relayed address has nine at most. */
    public static final int PARTS_MAX = 16;

    private final List<Part> parts;
    private final String text;

    private Multiaddr(List<Part> parts) throws WireException {
        this.parts = List.copyOf(parts);
        this.text = print(this.parts);
    }

    /** Parses the text form; an unknown part or a malformed value is an error. */
    public static Multiaddr parse(String text) throws WireException {
        if (!text.startsWith("/") || text.length() > TEXT_CHARACTERS_MAX) {
            throw new WireException("an address begins with a slash and has at most 1024 characters");
        }
        List<Part> parts = new ArrayList<>();
        String[] words = text.substring(1).split("/", -1);
        for (int i = 0; i < words.length; i++) {
            AddressProtocol protocol = AddressProtocol.named(words[i]);
            if (protocol.hasValue() && ++i == words.length) {
                throw new WireException("an address that ends before the value of " + protocol.text());
            }
            parts.add(new Part(protocol, protocol.parseValue(protocol.hasValue() ? words[i] : "")));
        }
        return checked(parts);
    }

    /** Reads the binary form; an unknown part or a malformed value is an error. */
    public static Multiaddr decode(Bytes encoded) throws WireException {
        if (encoded.isEmpty() || encoded.size() > SIZE_BYTES_MAX) {
            throw new WireException("an address of " + encoded.size() + " bytes, not 1 to " + SIZE_BYTES_MAX);
        }
        ByteReader reader = new ByteReader(encoded);
        List<Part> parts = new ArrayList<>();
        while (reader.remaining() > 0) {
            AddressProtocol protocol = AddressProtocol.read(reader);
            parts.add(new Part(protocol, protocol.readValue(reader)));
        }
        return checked(parts);
    }

    /**
     * The address of a TCP socket, with the zone of a link-local one.
     *
     * @throws IllegalArgumentException if {@code socket} has a name instead of an address
     */
    public static Multiaddr of(InetSocketAddress socket) {
        if (socket.isUnresolved()) {
            throw new IllegalArgumentException("a socket address that is not resolved");
        }
        InetAddress ip = socket.getAddress();
        List<Part> parts = new ArrayList<>();
        IpZone.of(ip).ifPresent(zone -> parts.add(new Part(AddressProtocol.IP6ZONE, Bytes.utf8(zone))));
        Bytes value = Bytes.owning(ip.getAddress());
        parts.add(new Part(value.size() == 4 ? AddressProtocol.IP4 : AddressProtocol.IP6, value));
        parts.add(new Part(AddressProtocol.TCP, AddressProtocol.port(socket.getPort())));
        return trusted(parts);
    }

    /** The binary form. */
    public Bytes encode() {
        ByteWriter writer = new ByteWriter();
        for (Part part : parts) {
            writer.raw(Varint.encode(part.protocol().code()));
            if (part.protocol().isSizePrefixed()) {
                writer.raw(Varint.encode(part.value().size()));
            }
            writer.raw(part.value());
        }
        return writer.toBytes();
    }

    /** The parts, in order. */
    public List<AddressProtocol> protocols() {
        return parts.stream().map(Part::protocol).toList();
    }

    /** The IP address it begins with, without its zone. */
    public Optional<InetAddress> ip() {
        return ipPart().map(part -> inetAddress(part.value()));
    }

    /** The first TCP or UDP port. */
    public OptionalInt port() {
        return parts.stream()
                .filter(part -> part.protocol() == AddressProtocol.TCP || part.protocol() == AddressProtocol.UDP)
                .mapToInt(part -> AddressProtocol.port(part.value()))
                .findFirst();
    }

    /** The peer to be met there: the last part, where that is a peer. */
    public Optional<PeerId> peerId() {
        Part last = parts.get(parts.size() - 1);
        return last.protocol() == AddressProtocol.P2P ? Optional.of(new PeerId(last.value())) : Optional.empty();
    }

    /** This address with {@code peer} as the one to be met there, instead of any other. */
    public Multiaddr withPeer(PeerId peer) {
        List<Part> changed = new ArrayList<>(withoutLastPeer());
        changed.add(new Part(AddressProtocol.P2P, peer.multihash()));
        return trusted(changed);
    }

    /** This address without the peer to be met there; one that is nothing but a peer stays. */
    public Multiaddr withoutPeer() {
        List<Part> left = withoutLastPeer();
        return left.isEmpty() || left.size() == parts.size() ? this : trusted(left);
    }

    /**
     * Where to connect, if this is an IP address with a TCP port and nothing more but perhaps a peer, in a zone, if any, that
     * this machine has.
     */
    public Optional<InetSocketAddress> tcpSocket() {
        List<Part> place = withoutLastPeer();
        int sizeExpected = zone().isPresent() ? 3 : 2;
        if (place.size() != sizeExpected || place.get(sizeExpected - 1).protocol() != AddressProtocol.TCP) {
            return Optional.empty();
        }
        Optional<InetAddress> ip =
                zone().isPresent() ? ipPart().flatMap(part -> IpZone.scoped(part.value(), zone().orElseThrow())) : ip();
        return ip.map(address -> new InetSocketAddress(address, port().orElseThrow()));
    }

    /** How far away it may be, by the IP address or name it begins with; a peer or relay alone counts as {@link Reach#PUBLIC}. */
    public Reach reach() {
        return ipPart().map(part -> Reach.ofIp(part.value()))
                .orElseGet(() -> switch (parts.get(0).protocol()) {
                    case DNS, DNS4, DNS6, DNSADDR -> Reach.NAMED;
                    default -> Reach.PUBLIC;
                });
    }

    public boolean isLoopback() {
        return reach() == Reach.LOOPBACK;
    }

    /** True for addresses of this site or link. */
    public boolean isPrivate() {
        return reach() == Reach.PRIVATE || reach() == Reach.LINK_LOCAL;
    }

    /** True for the addresses that mean every interface. */
    public boolean isUnspecified() {
        return reach() == Reach.UNSPECIFIED;
    }

    /** True if a relay carries it. */
    public boolean isRelayed() {
        return protocols().contains(AddressProtocol.P2P_CIRCUIT);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Multiaddr address && text.equals(address.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The canonical text, which {@link #parse} reads. */
    @Override
    public String toString() {
        return text;
    }

    private List<Part> withoutLastPeer() {
        return peerId().isPresent() ? parts.subList(0, parts.size() - 1) : parts;
    }

    private Optional<String> zone() {
        Part first = parts.get(0);
        return first.protocol() == AddressProtocol.IP6ZONE
                ? Optional.of(new String(first.value().toArray(), StandardCharsets.US_ASCII))
                : Optional.empty();
    }

    private Optional<Part> ipPart() {
        int at = zone().isPresent() ? 1 : 0;
        return parts.stream()
                .skip(at)
                .findFirst()
                .filter(part ->
                        part.protocol() == AddressProtocol.IP6 || (at == 0 && part.protocol() == AddressProtocol.IP4));
    }

    private static InetAddress inetAddress(Bytes ip) {
        try {
            return InetAddress.getByAddress(ip.toArray());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address has 4 or 16 bytes", impossible);
        }
    }

    private static Multiaddr checked(List<Part> parts) throws WireException {
        Multiaddr address = new Multiaddr(parts);
        if (parts.size() > PARTS_MAX || address.encode().size() > SIZE_BYTES_MAX) {
            throw new WireException("an address of " + parts.size() + " parts or too many bytes");
        }
        return address;
    }

    /** For parts made here. */
    private static Multiaddr trusted(List<Part> parts) {
        try {
            return new Multiaddr(parts);
        } catch (WireException impossible) {
            throw new IllegalStateException("these parts were well-formed", impossible);
        }
    }

    private static String print(List<Part> parts) throws WireException {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            text.append('/').append(part.protocol().text());
            if (part.protocol().hasValue()) {
                text.append('/').append(part.protocol().printValue(part.value()));
            }
        }
        return text.toString();
    }

    private record Part(AddressProtocol protocol, Bytes value) {}
}
