package sotto.node.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Proves that only an account id can be verified: a name or a contact's position does not compile (pitfall 29). */
class VerificationTest {
    @Test
    void verificationTakesAnAccountId() {
        List<Class<?>> takers = Stream.of(Messenger.class.getMethods())
                .filter(method -> method.getName().toLowerCase(Locale.ROOT).contains("verif"))
                .<Class<?>>map(VerificationTest::firstParameter)
                .distinct()
                .toList();
        assertEquals(List.of(AccountId.class), takers);
    }

    @Test
    void nothingShorterOrOtherIsAnAccountId() {
        String id = "0123456789abcdef".repeat(4);
        assertEquals(id, new AccountId(id).hex());
        for (String other :
                List.of("", "Bob", id.substring(1), id + "0", id.toUpperCase(Locale.ROOT), id.replace('0', 'g'))) {
            assertThrows(IllegalArgumentException.class, () -> new AccountId(other), other);
        }
    }

    private static Class<?> firstParameter(Method method) {
        return method.getParameterTypes()[0];
    }
}
