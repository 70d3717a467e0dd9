package sotto.libp2p.bytes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Proves what runs of bytes have in common, and that a part of one is copied from where it should. */
class BytesTest {
    @Test
    void findsTheSharedBeginning() {
        Bytes word = Bytes.utf8("conversation");
        assertEquals(4, word.sharedPrefix(Bytes.utf8("convoy")));
        assertEquals(4, Bytes.utf8("conv").sharedPrefix(word));
        assertEquals(word.size(), word.sharedPrefix(Bytes.utf8("conversation")));
        assertEquals(0, word.sharedPrefix(Bytes.EMPTY));
    }

    @Test
    void copiesFromAPlaceOn() {
        byte[] target = new byte[6];
        Bytes.utf8("abcd").copyTo(target, 2, 1);
        assertArrayEquals(new byte[] {0, 0, 'b', 'c', 'd', 0}, target);
    }
}
