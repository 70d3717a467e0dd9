package sotto.libp2p.kad;

import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.Varint;
import sotto.libp2p.bytes.WireException;

/** What may be provided: a multihash, as the implementations send it, or a CID around one, as the specification says. Stateless. */
final class ContentKey {
    private static final int CID_VERSION = 1;

    private ContentKey() {}

    static void check(Bytes key) throws WireException {
        if (!isMultihash(key) && !isCid(key)) {
            throw new WireException("a key that is neither a multihash nor a CID");
        }
    }

    private static boolean isCid(Bytes key) {
        try {
            ByteReader reader = new ByteReader(key);
            boolean isVersioned = Varint.read(reader) == CID_VERSION;
            Varint.read(reader);
            return isVersioned && isMultihash(reader.rest());
        } catch (WireException other) {
            return false;
        }
    }

    private static boolean isMultihash(Bytes key) {
        try {
            ByteReader reader = new ByteReader(key);
            Varint.read(reader);
            int sizeBytes = Varint.read(reader, key.size());
            return sizeBytes > 0 && sizeBytes == reader.remaining();
        } catch (WireException other) {
            return false;
        }
    }
}
