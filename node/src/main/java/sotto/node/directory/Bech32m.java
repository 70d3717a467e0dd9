package sotto.node.directory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sotto.libp2p.bytes.WireException;

/**
 * The alphabet and checksum of Bech32m (BIP 350) over symbols of 5 bits, without its length limit and separator. The checksum
 * is a code of distance 5: it notices any 4 wrong symbols and tells where up to 2 are. Stateless.
 */
final class Bech32m {
    static final int CHECKSUM_SYMBOLS = 6;

    private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int CONSTANT = 0x2bc830a3;
    private static final int SYMBOL_BITS = 5;
    private static final int SYMBOLS = 32;
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};

    private final int[] prefix;

    /** Checksums that begin with {@code humanReadablePart}, so that a code for one purpose is none for another. */
    Bech32m(String humanReadablePart) {
        int size = humanReadablePart.length();
        prefix = new int[2 * size + 1];
        for (int i = 0; i < size; i++) {
            prefix[i] = humanReadablePart.charAt(i) >> SYMBOL_BITS;
            prefix[size + 1 + i] = humanReadablePart.charAt(i) & (SYMBOLS - 1);
        }
    }

    static char character(int symbol) {
        return ALPHABET.charAt(symbol);
    }

    /** The symbol that {@code character} stands for, in either case; -1 if it stands for none. */
    static int symbol(char character) {
        return ALPHABET.indexOf(Character.toLowerCase(character));
    }

    /** {@code payload} with its six checksum symbols behind it. */
    int[] withChecksum(int[] payload) {
        int[] symbols = new int[payload.length + CHECKSUM_SYMBOLS];
        System.arraycopy(payload, 0, symbols, 0, payload.length);
        int checksum = remainder(symbols) ^ CONSTANT;
        for (int i = 0; i < CHECKSUM_SYMBOLS; i++) {
            int shift = SYMBOL_BITS * (CHECKSUM_SYMBOLS - 1 - i);
            symbols[payload.length + i] = checksum >>> shift & (SYMBOLS - 1);
        }
        return symbols;
    }

    /** Refuses symbols whose checksum is wrong, naming the places that look mistyped where the code can tell. */
    void check(int[] symbols) throws WireException {
        int syndrome = remainder(symbols) ^ CONSTANT;
        if (syndrome == 0) {
            return;
        }
        List<Integer> places = wrongPlaces(syndrome, symbols.length);
        if (places.isEmpty()) {
            throw new WireException("the code is mistyped in several places");
        }
        String named = places.size() == 1
                ? "symbol " + places.get(0) + " looks wrong"
                : "symbols " + places.get(0) + " and " + places.get(1) + " look wrong";
        throw new WireException("the code is mistyped: " + named);
    }

    /**
     * The places, from 1, of the one or two wrong symbols that explain {@code syndrome}; none where it takes more. The checksum
     * is linear: the syndrome of two errors is the XOR of their own.
     */
    private List<Integer> wrongPlaces(int syndrome, int size) {
        Map<Integer, Integer> placeBySyndrome = new HashMap<>();
        for (int place = 0; place < size; place++) {
            for (int error = 1; error < SYMBOLS; error++) {
                placeBySyndrome.put(syndromeOf(place, error, size), place + 1);
            }
        }
        Integer only = placeBySyndrome.get(syndrome);
        if (only != null) {
            return List.of(only);
        }
        for (Map.Entry<Integer, Integer> first : placeBySyndrome.entrySet()) {
            Integer second = placeBySyndrome.get(syndrome ^ first.getKey());
            if (second != null && !second.equals(first.getValue())) {
                List<Integer> places = new ArrayList<>(List.of(first.getValue(), second));
                places.sort(null);
                return places;
            }
        }
        return List.of();
    }

    private static int syndromeOf(int place, int error, int size) {
        int remainder = error;
        for (int i = place + 1; i < size; i++) {
            remainder = step(remainder, 0);
        }
        return remainder;
    }

    private int remainder(int[] symbols) {
        int remainder = 1;
        for (int symbol : prefix) {
            remainder = step(remainder, symbol);
        }
        for (int symbol : symbols) {
            remainder = step(remainder, symbol);
        }
        return remainder;
    }

    private static int step(int remainder, int symbol) {
        int top = remainder >>> 25;
        int next = (remainder & 0x1ffffff) << SYMBOL_BITS ^ symbol;
        for (int bit = 0; bit < GENERATOR.length; bit++) {
            if ((top >>> bit & 1) == 1) {
                next ^= GENERATOR[bit];
            }
        }
        return next;
    }
}
