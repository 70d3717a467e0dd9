package sotto.node.vault;

import java.util.function.Function;
import java.util.function.LongFunction;
import sotto.libp2p.bytes.Bytes;

/** A row's value as a leaf has it: short ones themselves, long ones by the number of their record. */
sealed interface Cell {
    /** The longest value kept in a leaf. */
    int INLINE_BYTES_MAX = 512;

    /** What this takes in a leaf. */
    int sizeBytes();

    <T> T match(Function<Bytes, T> onInline, LongFunction<T> onRecord);

    /** The value itself. */
    record Inline(Bytes value) implements Cell {
        @Override
        public int sizeBytes() {
            return value.size() + 1;
        }

        @Override
        public <T> T match(Function<Bytes, T> onInline, LongFunction<T> onRecord) {
            return onInline.apply(value);
        }
    }

    /** The number of the record that is the value. */
    record Outside(long record) implements Cell {
        private static final int NUMBER_BYTES = 5;

        @Override
        public int sizeBytes() {
            return NUMBER_BYTES;
        }

        @Override
        public <T> T match(Function<Bytes, T> onInline, LongFunction<T> onRecord) {
            return onRecord.apply(record);
        }
    }
}
