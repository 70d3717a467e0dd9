package sotto.bench.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves that twenty people, each in a network of their own, find one another over one bootstrap node, and again after all moved ports. */
final class TwentyPlacesTest {
    private static final int PEOPLE = 20;

    /** As many do something at the same time. */
    private static final int AT_ONCE = 4;

    private final ExecutorService hands = Executors.newFixedThreadPool(AT_ONCE);

    @AfterEach
    void rest() {
        hands.shutdown();
    }

    @Test
    void aRingOfTwentyPeopleTalks(@TempDir Path folder) throws Exception {
        List<Person> people = new ArrayList<>();
        try (Lan lan = Lan.make();
                Program.Service bootstrap = Program.bootstrap(folder.resolve("bootstrap"), lan.place())) {
            try {
                for (int i = 0; i < PEOPLE; i++) {
                    people.add(new Person("Person " + i, folder.resolve("person" + i), lan.place()));
                }
                each(people, person -> {
                    person.init();
                    person.arrive(bootstrap.address());
                });
                each(people, person -> next(people, person).add(person.invite()));
                each(people, person -> person.tell(next(people, person), "hello"));
                each(people, person -> {
                    person.leave();
                    person.arrive(bootstrap.address());
                });
                each(people, person -> person.tell(next(people, person), "hello again"));
                assertEquals(
                        List.of("hello", "hello again"),
                        next(people, people.get(7)).heardFrom(people.get(7)));
            } finally {
                people.forEach(Person::close);
            }
        }
    }

    private static Person next(List<Person> people, Person person) {
        return people.get((people.indexOf(person) + 1) % PEOPLE);
    }

    private interface Deed {
        void isDoneBy(Person person) throws Exception;
    }

    private void each(List<Person> people, Deed deed) throws Exception {
        List<Callable<Boolean>> deeds = new ArrayList<>();
        for (Person person : people) {
            deeds.add(() -> {
                deed.isDoneBy(person);
                return true;
            });
        }
        for (Future<Boolean> done : hands.invokeAll(deeds)) {
            assertTrue(done.get());
        }
    }
}
