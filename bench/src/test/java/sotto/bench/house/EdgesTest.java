package sotto.bench.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static sotto.bench.house.RoomsTest.assertBites;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves that the machine's clock, its randomness and the libraries behind a room are touched where they belong alone. */
class EdgesTest {
    private static final Set<String> CLOCKS = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.Thread.sleep",
            "java.time.Clock.systemDefaultZone",
            "java.time.Clock.systemUTC",
            "java.time.InstantSource.system",
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.util.concurrent.TimeUnit.sleep");

    /** What gives random bytes or bits; {@code SecureRandom} may travel as a type, it may only not be made. */
    private static final Set<String> RANDOMNESS = Set.of(
            "java.security.SecureRandom.<init>",
            "java.security.SecureRandom.getInstance",
            "java.security.SecureRandom.getInstanceStrong",
            "java.util.UUID.randomUUID",
            "java.lang.Math.random");

    /** Generators that a seed or a guess reproduces: fit for tests and simulators, never for what ships. */
    private static final Set<String> WEAK_RANDOMNESS = Set.of(
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.util.concurrent.ThreadLocalRandom",
            "java.util.random.RandomGeneratorFactory");

    private static final ArchRule TIME_COMES_IN = noClasses()
            .that()
            .resideOutsideOfPackage("sotto.libp2p.runtime..")
            .should()
            .accessTargetWhere(oneOf(CLOCKS))
            .as("only libp2p.runtime reads the clock or sleeps: time comes in as a parameter");

    private static final ArchRule RANDOMNESS_COMES_IN = noClasses()
            .that()
            .resideOutsideOfPackage("sotto.libp2p.runtime..")
            .should()
            .accessTargetWhere(oneOf(RANDOMNESS))
            .as("only libp2p.runtime makes randomness: it comes in as a parameter");

    private static final ArchRule NO_SEED_SHIPS = noClasses()
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "can be seeded or guessed", type -> WEAK_RANDOMNESS.contains(type.getName())))
            .orShould()
            .callMethod("java.util.random.RandomGenerator", "of", "java.lang.String")
            .orShould()
            .callMethod("java.util.random.RandomGenerator", "getDefault");

    /** Libraries that know a room's secret, and the rooms that know them. Benchmarks compare with the bare library. */
    private static final Map<String, List<String>> HOMES = Map.of(
            "org.mapdb", List.of("node.vault"),
            "com.googlecode.lanterna", List.of("tui.view"),
            "io.netty",
                    List.of(
                            "libp2p.transport",
                            "libp2p.multistream",
                            "libp2p.noise",
                            "libp2p.yamux",
                            "libp2p.swarm",
                            "libp2p"),
            "org.conscrypt", List.of("libp2p.crypto"),
            "org.bouncycastle", List.of("libp2p.crypto", "node.vault"),
            "picocli", List.of("node.cli", "tui.app", "bootstrap.app"),
            "io.micrometer", List.of("bootstrap.app"),
            "org.tomlj", List.of("bootstrap.app"),
            "com.google.gson", List.of("node.rpc", "node.cli"));

    @Test
    void timeComesInAsAParameter() {
        TIME_COMES_IN.check(Classes.SHIPPED);
    }

    @Test
    void randomnessComesInAsAParameter() {
        RANDOMNESS_COMES_IN.check(Classes.SHIPPED);
    }

    /** Pitfall: keys from a simulator's or a test's random source. No such source can be named where the product is built. */
    @Test
    void noSeededRandomSourceCanBeReachedInProduction() {
        NO_SEED_SHIPS.check(Classes.SHIPPED);
    }

    @Test
    void librariesStayInTheirRooms() {
        HOMES.keySet().forEach(library -> staysAtHome(library).check(Classes.SHIPPED));
    }

    @Test
    void complainsAboutAClock(@TempDir Path folder) throws IOException {
        for (String look : List.of(
                "System.nanoTime()", "java.time.Instant.now()", "(java.util.function.LongSupplier) System::nanoTime")) {
            String source = "package sotto.node.session; class Hasty { Object at = %s; }".formatted(look);
            assertBites(TIME_COMES_IN, Planted.classes(folder, source), "sotto.node.session.Hasty");
        }
    }

    @Test
    void letsTheRuntimeReadTheClock(@TempDir Path folder) throws IOException {
        TIME_COMES_IN
                .allowEmptyShould(true)
                .check(Planted.classes(
                        folder, "package sotto.libp2p.runtime; class Real { long at = System.nanoTime(); }"));
    }

    @Test
    void complainsAboutHomeMadeRandomness(@TempDir Path folder) throws IOException {
        JavaClasses maker = Planted.classes(
                folder, "package sotto.node.identity; class Keys { Object from = new java.security.SecureRandom(); }");
        assertBites(RANDOMNESS_COMES_IN, maker, "sotto.node.identity.Keys");
    }

    @Test
    void complainsAboutASeededRandomSource(@TempDir Path folder) throws IOException {
        for (String source : List.of(
                "package sotto.node.identity; class Keys { Object from = new java.util.Random(7); }",
                "package sotto.libp2p.runtime; class Keys { Object from = new java.util.SplittableRandom(7); }",
                "package sotto.libp2p.runtime; class Keys { Object from = java.util.random.RandomGenerator.getDefault(); }")) {
            assertBites(NO_SEED_SHIPS, Planted.classes(folder, source), "Keys");
        }
    }

    @Test
    void complainsAboutALibraryOutsideItsRoom(@TempDir Path folder) throws IOException {
        for (String library : HOMES.keySet()) {
            JavaClasses stray = Planted.classes(
                    folder,
                    "package " + library + ".deep; public class Thing {}",
                    "package sotto.node.conversation; class Stray { " + library + ".deep.Thing[] things; }");
            assertBites(staysAtHome(library), stray, "sotto.node.conversation.Stray");
        }
    }

    private static ArchRule staysAtHome(String library) {
        List<String> homes = HOMES.getOrDefault(library, List.of());
        String[] outside = Stream.concat(homes.stream().map(EdgesTest::packages), Stream.of(library + ".."))
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideOutsideOfPackages(outside)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library + "..")
                .as("only " + homes + " knows " + library);
    }

    /** The packages of a room; of a module's root, that one alone. */
    private static String packages(String room) {
        return "sotto." + room + (room.contains(".") ? ".." : "");
    }

    /** An access to one of {@code members}, written {@code type.member}; {@code now(clock)} is handed its clock. */
    private static DescribedPredicate<JavaAccess<?>> oneOf(Set<String> members) {
        return DescribedPredicate.describe("one of " + members, access -> {
            String member = access.getTargetOwner().getName() + "." + access.getName();
            return members.contains(member) && !access.getTarget().getFullName().endsWith("(java.time.Clock)");
        });
    }
}
