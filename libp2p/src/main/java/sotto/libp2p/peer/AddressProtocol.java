package sotto.libp2p.peer;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.Varint;
import sotto.libp2p.bytes.WireException;

/** The parts that a multiaddress may have here (multiaddr, protocols.csv). All others are refused. */
public enum AddressProtocol {
    IP4("ip4", 4, 4),
    TCP("tcp", 6, 2),
    IP6("ip6", 41, 16),
    IP6ZONE("ip6zone", 42, AddressProtocol.VARIABLE),
    DNS("dns", 53, AddressProtocol.VARIABLE),
    DNS4("dns4", 54, AddressProtocol.VARIABLE),
    DNS6("dns6", 55, AddressProtocol.VARIABLE),
    DNSADDR("dnsaddr", 56, AddressProtocol.VARIABLE),
    UDP("udp", 273, 2),
    P2P_CIRCUIT("p2p-circuit", 290, 0),
    P2P("p2p", 421, AddressProtocol.VARIABLE),
    QUIC_V1("quic-v1", 461, 0);

    /** The longest value: a domain name. */
    static final int VALUE_BYTES_MAX = 253;

    private static final int VARIABLE = -1;
    private static final int PORT_MAX = 65_535;
    private static final int ZONE_CHARACTERS_MAX = 32;
    private static final Map<String, AddressProtocol> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(p -> p.text, Function.identity()));
    private static final Map<Integer, AddressProtocol> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toMap(p -> p.code, Function.identity()));

    private final String text;
    private final int code;
    private final int valueBytes;

    AddressProtocol(String text, int code, int valueBytes) {
        this.text = text;
        this.code = code;
        this.valueBytes = valueBytes;
    }

    static AddressProtocol named(String text) throws WireException {
        return Optional.ofNullable(BY_NAME.get(text))
                .orElseThrow(() -> new WireException("an address with a part that is not known here"));
    }

    /** Reads a code. */
    static AddressProtocol read(ByteReader reader) throws WireException {
        int code = Varint.read(reader, Integer.MAX_VALUE);
        return Optional.ofNullable(BY_CODE.get(code))
                .orElseThrow(() -> new WireException("an address with a part of code " + code + ", not known here"));
    }

    /** The name in text. */
    String text() {
        return text;
    }

    int code() {
        return code;
    }

    boolean hasValue() {
        return valueBytes != 0;
    }

    boolean isSizePrefixed() {
        return valueBytes == VARIABLE;
    }

    /** Reads a value, with its length where that varies. */
    Bytes readValue(ByteReader reader) throws WireException {
        Bytes value = reader.raw(isSizePrefixed() ? Varint.read(reader, VALUE_BYTES_MAX) : valueBytes);
        // What prints and parses to itself is well-formed, and has no second form.
        if (hasValue() && !parseValue(printValue(value)).equals(value)) {
            throw new WireException("a malformed " + text + " in an address");
        }
        return value;
    }

    Bytes parseValue(String value) throws WireException {
        return switch (this) {
            case IP4 -> IpText.parse4(value);
            case IP6 -> IpText.parse6(value);
            case TCP, UDP -> port(IpText.decimal(value, PORT_MAX));
            case IP6ZONE -> token(value, ZONE_CHARACTERS_MAX);
            case DNS, DNS4, DNS6, DNSADDR -> token(value, VALUE_BYTES_MAX);
            case P2P -> PeerId.parse(value).multihash();
            case P2P_CIRCUIT, QUIC_V1 -> Bytes.EMPTY;
        };
    }

    String printValue(Bytes value) throws WireException {
        return switch (this) {
            case IP4 -> IpText.print4(value);
            case IP6 -> IpText.print6(value);
            case TCP, UDP -> Integer.toString(port(value));
            case IP6ZONE, DNS, DNS4, DNS6, DNSADDR -> ByteReader.utf8(value);
            case P2P -> PeerId.decode(value).text();
            case P2P_CIRCUIT, QUIC_V1 -> "";
        };
    }

    static Bytes port(int port) {
        return Bytes.owning(new byte[] {(byte) (port >> 8), (byte) port});
    }

    static int port(Bytes value) {
        return ((value.at(0) & 0xff) << 8) | (value.at(1) & 0xff);
    }

    /** Letters, digits, dots, hyphens and underscores: all that names of machines and interfaces are made of. */
    private static Bytes token(String value, int charactersMax) throws WireException {
        boolean isToken = !value.isEmpty()
                && value.length() <= charactersMax
                && value.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "-._".indexOf(c) >= 0));
        if (!isToken) {
            throw new WireException(
                    "a name of up to " + charactersMax + " letters, digits, dots, hyphens, underscores");
        }
        return Bytes.utf8(value);
    }
}
