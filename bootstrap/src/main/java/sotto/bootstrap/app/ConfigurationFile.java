package sotto.bootstrap.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads a TOML file of settings. Whatever it does not know is a mistake: a misspelt limit must not be a limit that is not there. */
final class ConfigurationFile {
    /** More than that nobody writes. */
    private static final long SIZE_BYTES_MAX = 1 << 20;

    private static final Set<String> KNOWN = Setting.keysAndTables().collect(Collectors.toUnmodifiableSet());

    private final Path path;
    private final Map<Setting, Given> settings;
    private final List<String> problems;

    private ConfigurationFile(Path path, Map<Setting, Given> settings, List<String> problems) {
        this.path = path;
        this.settings = settings;
        this.problems = problems;
    }

    /** Adds what {@code path} says to {@code settings}, and what is wrong with it to {@code problems}. */
    static void read(Path path, Map<Setting, Given> settings, List<String> problems) {
        try {
            if (Files.size(path) > SIZE_BYTES_MAX) {
                problems.add(path + ": more than " + SIZE_BYTES_MAX + " bytes");
                return;
            }
            new ConfigurationFile(path, settings, problems).add(Toml.parse(path));
        } catch (IOException unreadable) {
            problems.add(path + ": cannot be read (" + unreadable.getClass().getSimpleName() + ")");
        }
    }

    private void add(TomlParseResult parsed) {
        parsed.errors().forEach(error -> problem(error.position(), String.valueOf(error.getMessage())));
        if (!parsed.hasErrors()) {
            parsed.keyPathSet(true).forEach(keyPath -> add(parsed, keyPath));
        }
    }

    private void add(TomlTable table, List<String> keyPath) {
        String key = String.join(".", keyPath);
        TomlPosition position = table.inputPositionOf(keyPath);
        @Nullable Object value = table.get(keyPath);
        Optional<Setting> setting = Setting.ofKey(key);
        if (setting.isPresent()) {
            textsOf(setting.get(), value)
                    .ifPresentOrElse(
                            texts -> settings.put(setting.get(), new Given(texts, place(position))),
                            () -> problem(position, key + " is to be " + expected(setting.get())));
        } else if (!(value instanceof TomlTable) || !KNOWN.contains(key)) {
            problem(position, "there is no setting '" + key + "'");
        }
    }

    private static Optional<List<String>> textsOf(Setting setting, @Nullable Object value) {
        return switch (setting.kind()) {
            case ADDRESSES -> value instanceof TomlArray array ? strings(array) : Optional.empty();
            case NUMBER -> textIf(value instanceof Long || Setting.OFF.equals(value), value);
            case TRUTH -> textIf(value instanceof Boolean, value);
            case LEVEL -> textIf(value instanceof String, value);
        };
    }

    private static Optional<List<String>> textIf(boolean isExpected, @Nullable Object value) {
        return isExpected ? Optional.of(List.of(String.valueOf(value))) : Optional.empty();
    }

    private static Optional<List<String>> strings(TomlArray array) {
        List<String> texts = new ArrayList<>();
        for (Object element : array.toList()) {
            if (!(element instanceof String text)) {
                return Optional.empty();
            }
            texts.add(text);
        }
        return Optional.of(texts);
    }

    private static String expected(Setting setting) {
        return switch (setting.kind()) {
            case ADDRESSES -> "a list of addresses in quotes";
            case NUMBER -> "a whole number";
            case TRUTH -> "true or false";
            case LEVEL -> "a level in quotes";
        };
    }

    private void problem(@Nullable TomlPosition position, String message) {
        problems.add(place(position) + ": " + message);
    }

    private String place(@Nullable TomlPosition position) {
        return position == null ? path.toString() : path + ":" + position.line() + ":" + position.column();
    }
}
