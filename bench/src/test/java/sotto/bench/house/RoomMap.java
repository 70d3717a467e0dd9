package sotto.bench.house;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code docs/rooms.txt} as a value: which package is which room, and which room may look into which. Immutable. */
record RoomMap(List<Room> rooms, List<Door> doors) {
    /** How the file writes the root package of a module. */
    static final String ROOT = "(root)";

    private static final String PACKAGE_PREFIX = "sotto.";
    private static final Pattern ROOMS = Pattern.compile("(\\w+):\\s+(.+)");
    private static final Pattern DOOR = Pattern.compile(
            "(\\w+)(?:\\.(\\w+))?\\s+sees\\s+(?:everything|(\\w+)\\.\\{([^}]+)})(?: except from (\\w+))?");

    RoomMap {
        rooms = List.copyOf(rooms);
        doors = List.copyOf(doors);
    }

    /**
     * One room.
     *
     * @param place counted from the left of its module's line; siblings share one
     */
    record Room(String module, String name, int place) {
        @Override
        public String toString() {
            return module + "." + name;
        }
    }

    /**
     * What a module, or one room of it, sees of another module.
     *
     * @param fromRoom empty for every room of the module
     * @param toModule empty for every module
     * @param closedTo the one room of {@code fromModule} that may not use the door; empty where there is none
     */
    record Door(String fromModule, String fromRoom, String toModule, Set<String> toRooms, String closedTo) {
        boolean opens(Room from, Room to) {
            return from.module().equals(fromModule)
                    && (fromRoom.isEmpty() || fromRoom.equals(from.name()))
                    && !closedTo.equals(from.name())
                    && (toModule.isEmpty() || (toModule.equals(to.module()) && toRooms.contains(to.name())));
        }
    }

    /** Reads the file's lines; a line that is neither blank, comment, rooms nor a door is an error, never skipped. */
    static RoomMap parse(List<String> lines) {
        List<Room> rooms = new ArrayList<>();
        List<Door> doors = new ArrayList<>();
        for (String raw : lines) {
            String line = raw.strip();
            Matcher row = ROOMS.matcher(line);
            Matcher door = DOOR.matcher(line);
            if (row.matches()) {
                rooms.addAll(roomsOf(row.group(1), row.group(2)));
            } else if (door.matches()) {
                doors.add(doorOf(door));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                throw new IllegalArgumentException("neither rooms nor a door: " + line);
            }
        }
        return new RoomMap(rooms, doors);
    }

    /** The room that {@code packageName} lies in, generated sub-packages included; empty for a package off the map. */
    Optional<Room> roomOf(String packageName) {
        if (!packageName.startsWith(PACKAGE_PREFIX)) {
            return Optional.empty();
        }
        List<String> parts = words(packageName.substring(PACKAGE_PREFIX.length()), "\\.");
        String name = parts.size() == 1 ? ROOT : parts.get(1);
        return rooms.stream()
                .filter(room ->
                        room.module().equals(parts.get(0)) && room.name().equals(name))
                .findFirst();
    }

    boolean mayLook(Room from, Room to) {
        return from.equals(to)
                || (from.module().equals(to.module()) && to.place() < from.place())
                || (!from.module().equals(to.module()) && doors.stream().anyMatch(door -> door.opens(from, to)));
    }

    private static List<Room> roomsOf(String module, String line) {
        List<Room> rooms = new ArrayList<>();
        List<String> places = words(line, "<");
        for (int place = 0; place < places.size(); place++) {
            for (String name : words(places.get(place).replaceAll("[{}]", " "), "\\s+")) {
                rooms.add(new Room(module, name, place));
            }
        }
        return rooms;
    }

    private static Door doorOf(Matcher door) {
        Set<String> toRooms = words(orEmpty(door.group(4)), "\\s+").stream().collect(toUnmodifiableSet());
        return new Door(door.group(1), orEmpty(door.group(2)), orEmpty(door.group(3)), toRooms, orEmpty(door.group(5)));
    }

    private static List<String> words(String text, String separator) {
        return Arrays.stream(text.strip().split(separator, -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static String orEmpty(@Nullable String group) {
        return Optional.ofNullable(group).orElse("");
    }
}
