package sotto.bench.app;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import sotto.bench.app.MessageStore.Text;

/** Texts of about 200 bytes in words that are as unevenly common as those of a language, for random conversations. Seeded. */
final class TextSource {
    static final int CONVERSATIONS = 1_000;

    private static final int WORDS = 20_000;
    private static final int TEXT_BYTES = 200;

    private final SplittableRandom random;
    private final long[] positions = new long[CONVERSATIONS];

    TextSource(long seed) {
        random = new SplittableRandom(seed);
    }

    List<Text> next(int count) {
        List<Text> texts = new ArrayList<>(count);
        for (int text = 0; text < count; text++) {
            int conversation = random.nextInt(CONVERSATIONS);
            texts.add(new Text(conversation, positions[conversation]++, text()));
        }
        return texts;
    }

    private String text() {
        StringBuilder text = new StringBuilder(TEXT_BYTES + 16);
        while (text.length() < TEXT_BYTES) {
            // Zipf's law: the rank of a word is as likely as the logarithm of a uniform number.
            int rank = (int) Math.exp(random.nextDouble() * Math.log(WORDS));
            text.append(Integer.toString(rank * 7_919, Character.MAX_RADIX)).append(' ');
        }
        return text.toString();
    }
}
