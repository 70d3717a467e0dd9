package sotto.bench.house;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Optional;

/** The map of rooms as conditions on classes. */
final class RoomRules {
    private RoomRules() {}

    static ArchCondition<JavaClass> liveInARoomOf(RoomMap map) {
        return new ArchCondition<>("live in a room of docs/rooms.txt") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (map.roomOf(type.getPackageName()).isEmpty()) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " lives outside every room"));
                }
            }
        };
    }

    static ArchCondition<JavaClass> lookOnlyWhereTheyMay(RoomMap map) {
        return new ArchCondition<>("look only where docs/rooms.txt lets them") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency look : type.getDirectDependenciesFromSelf()) {
                    complaint(map, look).ifPresent(said -> events.add(SimpleConditionEvent.violated(look, said)));
                }
            }
        };
    }

    private static Optional<String> complaint(RoomMap map, Dependency look) {
        JavaClass target = look.getTargetClass().getBaseComponentType();
        var from = map.roomOf(look.getOriginClass().getPackageName());
        var to = map.roomOf(target.getPackageName());
        if (from.isEmpty() || to.isEmpty() || map.mayLook(from.get(), to.get())) {
            return Optional.empty();
        }
        return Optional.of("room " + from.get() + " may not look into " + to.get() + ": " + look.getDescription());
    }
}
