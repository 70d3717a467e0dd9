package sotto.bench.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Proves that the file of rooms is read as a person reads it: left is seen, siblings and the right are not. */
class RoomMapTest {
    private final RoomMap map = RoomMap.parse("""
            # a comment

            base:    clay < {brick tile} < wall < (root)
            house:   plan < hall < roof

            house       sees base.{clay wall} except from plan
            house.roof  sees base.{(root)}
            garden      sees everything
            garden:  bed
            """.lines().toList());

    @Test
    void aRoomSeesWhatIsLeftOfItAndItself() {
        assertTrue(looks("base.wall", "base.clay"));
        assertTrue(looks("base.wall", "base.tile"));
        assertTrue(looks("base.wall.pb", "base.wall"));
        assertFalse(looks("base.clay", "base.wall"));
    }

    @Test
    void siblingsNeverMeet() {
        assertFalse(looks("base.brick", "base.tile"));
        assertFalse(looks("base.tile", "base.brick"));
    }

    @Test
    void theRootIsThePackageOfTheModuleAndNothingBelow() {
        assertTrue(looks("base", "base.wall"));
        assertFalse(looks("base.wall", "base"));
        assertEquals(Optional.empty(), map.roomOf("sotto.base.cellar"));
    }

    @Test
    void anotherModuleIsSeenThroughItsDoorsOnly() {
        assertTrue(looks("house.hall", "base.clay"));
        assertFalse(looks("house.hall", "base.brick"));
        assertFalse(looks("house.plan", "base.clay"));
        assertFalse(looks("house.hall", "base"));
        assertTrue(looks("house.roof", "base"));
        assertFalse(looks("base.wall", "house.plan"));
        assertTrue(looks("garden.bed", "base.brick"));
    }

    @Test
    void aLineItCannotReadIsAnError() {
        assertThrows(IllegalArgumentException.class, () -> RoomMap.parse(List.of("house may see base")));
    }

    private boolean looks(String from, String to) {
        return map.mayLook(
                map.roomOf("sotto." + from).orElseThrow(),
                map.roomOf("sotto." + to).orElseThrow());
    }
}
