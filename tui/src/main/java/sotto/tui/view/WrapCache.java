package sotto.tui.view;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sotto.tui.view.Glyphs.Glyph;

/** Wrapped texts of the last paintings: a message of 64 KiB is wrapped once, not with every key. Confined to the UI thread. */
final class WrapCache {
    private static final int TEXTS_MAX = 512;

    /** Over all texts; some ten megabytes. */
    private static final int CHARACTERS_MAX = 1_000_000;

    private final Map<Key, List<List<Glyph>>> wrapped = new LinkedHashMap<>(64, 0.75f, true);
    private int characters;

    private record Key(String text, int width) {}

    List<List<Glyph>> rows(String text, int width) {
        Key key = new Key(text, width);
        List<List<Glyph>> known = wrapped.get(key);
        if (known != null) {
            return known;
        }
        List<List<Glyph>> rows = Wrap.rows(text, width);
        wrapped.put(key, rows);
        characters += text.length();
        forgetOldest();
        return rows;
    }

    private void forgetOldest() {
        var oldest = wrapped.keySet().iterator();
        while (wrapped.size() > 1 && (wrapped.size() > TEXTS_MAX || characters > CHARACTERS_MAX)) {
            characters -= oldest.next().text().length();
            oldest.remove();
        }
    }
}
