package sotto.bootstrap.app;

import java.util.List;
import java.util.regex.Pattern;

/** Takes out of a line whatever may be somebody's address or peer id. Rather too much than too little. Stateless. */
final class Redaction {
    private static final String GAP = "[peer]";

    private static final List<Pattern> FORMS = List.of(
            // Multiaddresses.
            Pattern.compile("/(?:ip4|ip6|ip6zone|dns|dns4|dns6|dnsaddr|p2p)/\\S+"),
            // IPv6 addresses, also shortened and with a zone.
            Pattern.compile("(?i)\\[?(?:[0-9a-f]{1,4}:|:){2,}[0-9a-f:.]*(?:%\\w+)?]?(?::\\d+)?"),
            // IPv4 addresses.
            Pattern.compile("\\b\\d{1,3}(?:\\.\\d{1,3}){3}(?::\\d+)?\\b"),
            // Peer ids and keys: base58, base32, hexadecimal.
            Pattern.compile("\\b[0-9A-Za-z]{40,}\\b"));

    private Redaction() {}

    static String of(String line) {
        String redacted = line;
        for (Pattern form : FORMS) {
            redacted = form.matcher(redacted).replaceAll(GAP);
        }
        return redacted;
    }
}
