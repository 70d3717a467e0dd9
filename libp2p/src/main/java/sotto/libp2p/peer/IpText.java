package sotto.libp2p.peer;

import java.util.ArrayList;
import java.util.List;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;

/**
 * IP addresses as text. Parses here rather than through {@code InetAddress}, which takes many more forms for an address and
 * may ask the network for the rest. Stateless.
 */
final class IpText {
    private static final int IP6_GROUPS = 8;
    private static final int IP6_BYTES = 16;
    private static final int IP4_BYTES = 4;
    private static final Bytes IP4_MAPPED = Bytes.ofHex("00000000000000000000ffff");

    private IpText() {}

    /** Four decimal numbers without leading zeros. */
    static Bytes parse4(String text) throws WireException {
        String[] parts = text.split("\\.", -1);
        if (parts.length != IP4_BYTES) {
            throw new WireException("an IPv4 address has four numbers");
        }
        byte[] bytes = new byte[IP4_BYTES];
        for (int i = 0; i < IP4_BYTES; i++) {
            bytes[i] = (byte) decimal(parts[i], 255);
        }
        return Bytes.owning(bytes);
    }

    static String print4(Bytes address) {
        return (address.at(0) & 0xff) + "." + (address.at(1) & 0xff) + "." + (address.at(2) & 0xff) + "."
                + (address.at(3) & 0xff);
    }

    /** The forms of RFC 4291 §2.2, without a zone. */
    static Bytes parse6(String text) throws WireException {
        int gap = text.indexOf("::");
        List<Integer> before = groups(gap < 0 ? text : text.substring(0, gap), gap < 0);
        List<Integer> after = gap < 0 ? List.of() : groups(text.substring(gap + 2), true);
        int given = before.size() + after.size();
        boolean isWhole = gap < 0 ? given == IP6_GROUPS : given < IP6_GROUPS;
        if (!isWhole) {
            throw new WireException("an IPv6 address has eight groups");
        }
        byte[] bytes = new byte[IP6_BYTES];
        put(before, bytes, 0);
        put(after, bytes, IP6_GROUPS - after.size());
        return Bytes.owning(bytes);
    }

    /** The form that RFC 5952 recommends: lower case, the first longest run of zero groups left out. */
    static String print6(Bytes address) {
        if (address.startsWith(IP4_MAPPED)) {
            return "::ffff:" + print4(address.slice(IP4_MAPPED.size(), IP6_BYTES));
        }
        int gapStart = -1;
        int gapSize = 1;
        for (int start = 0; start < IP6_GROUPS; start++) {
            int size = 0;
            while (start + size < IP6_GROUPS && group(address, start + size) == 0) {
                size++;
            }
            if (size > gapSize) {
                gapStart = start;
                gapSize = size;
            }
        }
        return gapStart < 0
                ? print(address, 0, IP6_GROUPS)
                : print(address, 0, gapStart) + "::" + print(address, gapStart + gapSize, IP6_GROUPS);
    }

    /** A decimal number without sign or leading zeros, at most {@code max}. */
    static int decimal(String text, int max) throws WireException {
        boolean isPlain = !text.isEmpty()
                && text.length() <= 5
                && text.chars().allMatch(c -> c >= '0' && c <= '9')
                && (text.length() == 1 || text.charAt(0) != '0');
        int number = isPlain ? Integer.parseInt(text) : max + 1;
        if (number > max) {
            throw new WireException("expected a decimal number of at most " + max);
        }
        return number;
    }

    private static List<Integer> groups(String text, boolean mayEndInIp4) throws WireException {
        List<Integer> groups = new ArrayList<>();
        if (text.isEmpty()) {
            return groups;
        }
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            if (mayEndInIp4 && i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
                Bytes ip4 = parse4(parts[i]);
                groups.add(((ip4.at(0) & 0xff) << 8) | (ip4.at(1) & 0xff));
                groups.add(((ip4.at(2) & 0xff) << 8) | (ip4.at(3) & 0xff));
            } else {
                groups.add(hexadecimal(parts[i]));
            }
        }
        if (groups.size() > IP6_GROUPS) {
            throw new WireException("an IPv6 address has eight groups");
        }
        return groups;
    }

    private static int hexadecimal(String text) throws WireException {
        boolean isHex = !text.isEmpty()
                && text.length() <= 4
                && text.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0);
        if (!isHex) {
            throw new WireException("a group of an IPv6 address has one to four hexadecimal digits");
        }
        return Integer.parseInt(text, 16);
    }

    private static void put(List<Integer> groups, byte[] bytes, int firstGroup) {
        for (int i = 0; i < groups.size(); i++) {
            bytes[2 * (firstGroup + i)] = (byte) (groups.get(i) >> 8);
            bytes[2 * (firstGroup + i) + 1] = (byte) (int) groups.get(i);
        }
    }

    private static int group(Bytes address, int index) {
        return ((address.at(2 * index) & 0xff) << 8) | (address.at(2 * index + 1) & 0xff);
    }

    private static String print(Bytes address, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i > from ? ":" : "").append(Integer.toHexString(group(address, i)));
        }
        return text.toString();
    }
}
