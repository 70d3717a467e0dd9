package sotto.bench.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves that every class lives in a room of {@code docs/rooms.txt} and looks only where that file lets it. */
class RoomsTest {
    private static final RoomMap MAP = Checkout.rooms();
    private static final ArchRule EVERY_CLASS_HAS_A_ROOM = classes().should(RoomRules.liveInARoomOf(MAP));
    private static final ArchRule ROOMS_LOOK_LEFT_AND_DOWN = classes().should(RoomRules.lookOnlyWhereTheyMay(MAP));

    @Test
    void everyClassLivesInARoom() {
        EVERY_CLASS_HAS_A_ROOM.check(Classes.SHIPPED_AND_BENCH);
    }

    @Test
    void everyRoomLooksOnlyWhereItMay() {
        ROOMS_LOOK_LEFT_AND_DOWN.check(Classes.SHIPPED_AND_BENCH);
    }

    @Test
    void everyModuleHasItsLine() {
        Set<String> mapped =
                MAP.rooms().stream().map(RoomMap.Room::module).collect(Collectors.toCollection(LinkedHashSet::new));
        assertEquals(Set.copyOf(Checkout.modules()), mapped);
    }

    @Test
    void complainsAboutAClassOutsideEveryRoom(@TempDir Path folder) throws IOException {
        JavaClasses stray = Planted.classes(folder, "package sotto.node.util; class Stray {}");
        assertBites(EVERY_CLASS_HAS_A_ROOM, stray, "sotto.node.util.Stray lives outside every room");
    }

    @Test
    void complainsAboutALookToTheRight(@TempDir Path folder) throws IOException {
        JavaClasses up = Planted.classes(
                folder,
                "package sotto.libp2p.host; public class Right {}",
                "package sotto.libp2p.bytes; class Left { sotto.libp2p.host.Right[] look; }");
        assertBites(ROOMS_LOOK_LEFT_AND_DOWN, up, "room libp2p.bytes may not look into libp2p.host");
    }

    @Test
    void complainsAboutSiblingsThatMeet(@TempDir Path folder) throws IOException {
        JavaClasses siblings = Planted.classes(
                folder,
                "package sotto.libp2p.noise; public class One { public static void call() {} }",
                "package sotto.libp2p.yamux; class Other { void meet() { sotto.libp2p.noise.One.call(); } }");
        assertBites(ROOMS_LOOK_LEFT_AND_DOWN, siblings, "room libp2p.yamux may not look into libp2p.noise");
    }

    @Test
    void complainsAboutAWayAroundTheDoors(@TempDir Path folder) throws IOException {
        JavaClasses around = Planted.classes(
                folder,
                "package sotto.node.vault; public interface Inner {}",
                "package sotto.tui.model; class Face implements sotto.node.vault.Inner {}");
        assertBites(ROOMS_LOOK_LEFT_AND_DOWN, around, "room tui.model may not look into node.vault");
    }

    static void assertBites(ArchRule rule, JavaClasses planted, String complaint) {
        AssertionError said = assertThrows(AssertionError.class, () -> rule.check(planted));
        assertTrue(said.toString().contains(complaint), said.toString());
    }
}
