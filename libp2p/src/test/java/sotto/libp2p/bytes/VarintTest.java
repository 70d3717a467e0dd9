package sotto.libp2p.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import sotto.libp2p.runtime.Seeds;

/** Proves that varints meet the published examples and that every number has exactly one form. */
class VarintTest {
    @Test
    void meetsTheVectors() {
        Vectors.forEach("varint.txt", vector -> {
            long number = Long.parseLong(vector.text("number"));
            assertEquals(vector.bytes("bytes"), Varint.encode(number));
            assertEquals(number, Varint.read(new ByteReader(vector.bytes("bytes"))));
            assertEquals(vector.bytes("bytes").size(), Varint.sizeBytes(number));
        });
    }

    @Test
    void refusesLongerFormsOfANumber() {
        for (String hex : new String[] {"8000", "818000", "ffffffffffffffff00"}) {
            assertThrows(WireException.class, () -> Varint.read(new ByteReader(Bytes.ofHex(hex))), hex);
        }
    }

    @Test
    void refusesMoreThanNineBytes() {
        ByteReader reader = new ByteReader(Bytes.ofHex("ffffffffffffffffff01"));
        assertThrows(WireException.class, () -> Varint.read(reader));
    }

    @Test
    void refusesNumbersAboveWhatTheReaderAllows() throws WireException {
        assertEquals(300, Varint.read(new ByteReader(Varint.encode(300)), 300));
        assertThrows(WireException.class, () -> Varint.read(new ByteReader(Varint.encode(301)), 300));
        ByteReader large = new ByteReader(Varint.encode(Long.MAX_VALUE));
        assertThrows(WireException.class, () -> Varint.read(large, Integer.MAX_VALUE));
    }

    @Test
    void refusesToWriteNegativeNumbers() {
        assertThrows(IllegalArgumentException.class, () -> Varint.encode(-1));
    }

    @Test
    void readsAnyBytesAsANumberThatIsWrittenTheSame() {
        Seeds.forEach(5_000, random -> {
            Bytes any = Bytes.owning(Seeds.bytes(random, 12));
            ByteReader reader = new ByteReader(any);
            try {
                long number = Varint.read(reader);
                assertEquals(any.slice(0, any.size() - reader.remaining()), Varint.encode(number));
            } catch (WireException refused) {
                return;
            }
        });
    }
}
