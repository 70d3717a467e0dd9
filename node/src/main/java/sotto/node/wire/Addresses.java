package sotto.node.wire;

import java.util.ArrayList;
import java.util.List;
import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.peer.Multiaddr;

/** Where somebody says to be reached, in order of preference: at most 10 multiaddresses of at most 200 bytes of text each. */
public record Addresses(List<Multiaddr> list) {
    public static final Addresses NONE = new Addresses(List.of());

    public Addresses {
        list = List.copyOf(list);
        if (list.size() > WireLimits.ADDRESSES_MAX || !list.stream().allMatch(Addresses::fits)) {
            throw new IllegalArgumentException("more or longer addresses than can be sent");
        }
    }

    /** As many of {@code candidates} as can be sent, in their order, without repetitions. */
    public static Addresses firstOf(List<Multiaddr> candidates) {
        return new Addresses(candidates.stream()
                .filter(Addresses::fits)
                .distinct()
                .limit(WireLimits.ADDRESSES_MAX)
                .toList());
    }

    /** Writes a count of one byte, then each address as text behind a 16-bit length. */
    public void writeTo(ByteWriter out) {
        out.u8(list.size());
        list.forEach(address -> out.text16(address.toString()));
    }

    /** Reads what {@link #writeTo} wrote. Addresses of protocols unknown here are refused: they could not be dialled. */
    public static Addresses readFrom(ByteReader in) throws WireException {
        int count = in.u8();
        if (count > WireLimits.ADDRESSES_MAX) {
            throw new WireException(count + " addresses, at most " + WireLimits.ADDRESSES_MAX);
        }
        List<Multiaddr> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(address(ByteReader.utf8(WireText.bounded(in.field16(), WireLimits.ADDRESS_BYTES_MAX))));
        }
        return new Addresses(list);
    }

    // One text per address: otherwise the same addresses could be encoded, and signed, in several ways.
    private static Multiaddr address(String text) throws WireException {
        Multiaddr address = Multiaddr.parse(text);
        if (!address.toString().equals(text)) {
            throw new WireException("an address that is not in its canonical form");
        }
        return address;
    }

    /** True if {@code address} is short enough to be sent. */
    public static boolean fits(Multiaddr address) {
        return Bytes.utf8(address.toString()).size() <= WireLimits.ADDRESS_BYTES_MAX;
    }
}
