package sotto.libp2p.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Base32;
import sotto.libp2p.bytes.Base58;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.Vectors;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.PublicKey;
import sotto.libp2p.runtime.Seeds;

/** Proves that peer ids are those of other implementations, in all their forms, and that nothing else is taken for one. */
class PeerIdTest {
    /** From the peer-ids specification. */
    private static final String EXAMPLE = "QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N";

    @Test
    void areThoseOfOthersForKeysOfAllKinds() {
        Vectors.forEach("public-keys.txt", vector -> {
            PublicKey key = PublicKey.decode(vector.bytes("key"));
            PeerId id = PeerId.of(key);
            assertEquals(key.encode().size() <= 42 ? Optional.of(key) : Optional.empty(), id.inlinedKey());
            assertEquals(id, PeerId.parse(id.text()));
            assertEquals(id, PeerId.decode(id.multihash()));
            if (vector.values().containsKey("peer")) {
                assertEquals(vector.text("peer"), id.text());
                assertEquals(id, PeerId.parse(vector.text("cid")));
            }
        });
    }

    @Test
    void parseFromBothTextForms() throws WireException {
        PeerId id = PeerId.parse(EXAMPLE);
        Bytes cid = Bytes.concat(Bytes.ofHex("0172"), id.multihash());
        assertEquals(EXAMPLE, id.text());
        assertEquals(id, PeerId.parse("b" + Base32.encode(cid)));
        assertEquals(id, PeerId.parse("z" + Base58.encode(cid)));
    }

    @Test
    void printShortForLogs() throws WireException {
        assertEquals("…jhx5N".length() + 1, PeerId.parse(EXAMPLE).toString().length());
        assertTrue(EXAMPLE.endsWith(PeerId.parse(EXAMPLE).toString().substring(1)));
    }

    @Test
    void refuseOtherContentIds() throws WireException {
        Bytes multihash = PeerId.parse(EXAMPLE).multihash();
        for (String prefix : new String[] {"0072", "0270", "0170", "0155", "01f200", ""}) {
            String text = "b" + Base32.encode(Bytes.concat(Bytes.ofHex(prefix), multihash));
            assertThrows(WireException.class, () -> PeerId.parse(text), prefix);
        }
    }

    @Test
    void refuseOtherMultihashes() {
        String hash = "11".repeat(32);
        for (String hex : new String[] {
            "",
            "12",
            "1220",
            "1220" + hash + "00",
            "121f" + hash,
            "1320" + hash,
            "1221" + hash + "11",
            "002b" + "11".repeat(43),
            "0001",
            "001100",
            "9200" + "20" + hash
        }) {
            assertThrows(WireException.class, () -> PeerId.decode(Bytes.ofHex(hex)), hex);
            assertThrows(IllegalArgumentException.class, () -> new PeerId(Bytes.ofHex(hex)), hex);
        }
    }

    @Test
    void refuseOtherTexts() {
        for (String text :
                new String[] {"", "Q", "Qm", "1", "x", "f0172", "B", "b", "z", EXAMPLE + "1", " " + EXAMPLE}) {
            assertThrows(WireException.class, () -> PeerId.parse(text), text);
        }
        assertThrows(WireException.class, () -> PeerId.parse("b".repeat(1_000_000)));
        assertThrows(WireException.class, () -> PeerId.parse("1".repeat(1_000_000)));
    }

    @Test
    void refuseOrReadAnyBytesInOneWay() {
        Seeds.forEach(3_000, random -> {
            byte[] any = Seeds.bytes(random, 46);
            if (any.length > 2 && random.nextBoolean()) {
                any[0] = (byte) (random.nextBoolean() ? 0 : 0x12);
                any[1] = (byte) (any.length - 2);
            }
            try {
                PeerId id = PeerId.decode(Bytes.copyOf(any));
                assertEquals(Bytes.owning(any), PeerId.parse(id.text()).multihash());
                id.inlinedKey();
            } catch (WireException refused) {
                return;
            }
        });
    }
}
