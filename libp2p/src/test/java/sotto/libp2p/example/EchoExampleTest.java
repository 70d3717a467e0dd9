package sotto.libp2p.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Proves that the example in the documentation does what it says. */
class EchoExampleTest {
    @Test
    void echoesAMessageBetweenTwoHosts() throws Exception {
        assertEquals("hello", EchoExample.echo("hello"));
    }
}
