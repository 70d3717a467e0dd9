package sotto.node.contact;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves which names can be taken for each other, in whatever alphabet the imitation is written. */
class NameSkeletonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "Bob bob",
                "Bob BOB",
                "Bob B\u043Eb",
                "Ivan \u0406van",
                "Ivan \u0399van",
                "Ivan lvan",
                "ivan IVAN",
                "Harry \u0397arry",
                "Nina \u039Dina",
                "Zoe \u0396oe",
                "Marie \u039Carie",
                "Yann \u03A5ann",
                "DAVE \u13A0\u13AA\u13D9\u13AC",
                "BOB \uA4D0\uA4F3\uA4D0",
                "Olaf \uD801\uDC04laf",
                "Paul Pau|",
                "Bob 8ob",
                "Soren S\u00F8ren",
                "Soren SO\u0308REN",
                "Carmen Carrnen",
                "Bob B\u200Bob",
                "\u05D3\u05D5\u05D3 \u05D3\u05BC\u05D5\u05B9\u05D3",
                "\u2764 \u2764\uFE0F",
            })
    void takesOneNameForTheOther(String name, String imitation) {
        assertTrue(NameSkeleton.areAlike(name, imitation));
        assertTrue(NameSkeleton.areAlike(imitation, name));
    }

    @ParameterizedTest
    @CsvSource({
        "Bob,Rob",
        "Bob,Bob 2",
        "Anna,Hanna",
        "\u738B,\u674E",
        "Ivan,Evan",
        "Jan,Dan",
        "\u0930\u093E\u092E,\u0930\u092E\u093E",
        "\u0E14\u0E35,\u0E14\u0E37",
        "\u0BAE\u0BA3\u0BBF,\u0BAE\u0BBE\u0BA3\u0BBF",
        "\uD83D\uDE00,\uD83C\uDF89"
    })
    void tellsDifferentNamesApart(String name, String other) {
        assertFalse(NameSkeleton.areAlike(name, other));
    }
}
