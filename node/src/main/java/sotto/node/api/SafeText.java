package sotto.node.api;

/**
 * Text that came from somewhere else, made harmless: no control, escape, bidirectional or zero-width character and no endless
 * run of marks is left in it. All remote text passes through here before a face sees it.
 *
 * <p>Ordinary text stays as it is: letters of all scripts, accents composed or not, emoji sequences and flags, line feeds. What
 * is changed, always in the same way, so that making a safe text safe again changes nothing:
 *
 * <ul>
 *   <li>CR LF, CR and Unicode's line and paragraph separators become a line feed, a tab becomes four blanks.
 *   <li>Any other control character, lone surrogate or noncharacter becomes U+FFFD, so that the reader sees that it was there.
 *   <li>Characters that show nothing (bidirectional controls, zero-width characters, fillers, tags, variation selectors) are
 *       left out, but for those that belong: joiners inside emoji sequences and in scripts that need them, one selector after
 *       a pictograph or an ideograph, the tags of the three subdivision flags.
 *   <li>Marks beyond {@link #MARKS_MAX} on one character, and marks on nothing, are left out.
 * </ul>
 *
 * <p>The result has at most four times the characters of the original.
 */
public record SafeText(String value) {
    /** How many marks one character may carry. Burmese needs six; what is stacked higher covers its neighbours. */
    public static final int MARKS_MAX = 8;

    public SafeText {
        value = isPlain(value) ? value : new SafeTextFilter(value).filtered();
    }

    /** Most text is printable ASCII and needs no second look. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < ' ' || c > '~') && c != '\n') {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return value;
    }
}
