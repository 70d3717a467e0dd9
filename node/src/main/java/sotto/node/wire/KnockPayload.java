package sotto.node.wire;

import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;

/**
 * What a knock says once it is opened. All of it was chosen by a stranger: {@code name} and {@code greeting} are raw text that
 * has to pass {@code SafeText} before anybody sees it.
 *
 * @param name what the sender calls itself, at most 64 bytes
 * @param greeting a first message of at most 1,000 bytes, or empty
 * @param addresses where the sender can be reached
 */
public record KnockPayload(String name, String greeting, Addresses addresses) {
    public KnockPayload {
        name = WireText.checked(name, WireLimits.NAME_BYTES_MAX);
        greeting = WireText.checked(greeting, WireLimits.GREETING_BYTES_MAX);
    }

    public Bytes encode() {
        ByteWriter out = new ByteWriter().text16(name).text16(greeting);
        addresses.writeTo(out);
        return out.toBytes();
    }

    public static KnockPayload decode(Bytes bytes) throws WireException {
        ByteReader in = new ByteReader(bytes);
        String name = ByteReader.utf8(WireText.bounded(in.field16(), WireLimits.NAME_BYTES_MAX));
        String greeting = ByteReader.utf8(WireText.bounded(in.field16(), WireLimits.GREETING_BYTES_MAX));
        Addresses addresses = Addresses.readFrom(in);
        in.end();
        return new KnockPayload(name, greeting, addresses);
    }
}
