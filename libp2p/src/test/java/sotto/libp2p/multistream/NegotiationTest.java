package sotto.libp2p.multistream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.runtime.Seeds;

/** Proves that two ends agree on what both speak, in the bytes of the specification, and that no peer can make it go on for ever. */
class NegotiationTest {
    private static final Bytes HEADER = line("/multistream/1.0.0");

    @Test
    void writesLinesAsTheSpecificationDoes() {
        assertEquals(Bytes.ofHex("036e610a"), Lines.encode("na"));
        assertEquals(Bytes.ofHex("132f6d756c746973747265616d2f312e302e300a"), HEADER);
        assertEquals(Bytes.ofHex("072f6e6f6973650a"), Lines.encode("/noise"));
    }

    @Test
    void agreesToTheFirstProposalThatTheOtherEndSpeaks() throws WireException {
        Proposing initiator = new Proposing(List.of("/a", "/b", "/c"));
        Answering responder = new Answering(Set.of("/c", "/b")::contains, 3);
        End answering = new End(responder);
        End proposing = new End(initiator);
        Bytes toResponder = initiator.opening();
        while (proposing.agreed.isEmpty()) {
            Bytes toInitiator = answering.take(toResponder);
            toResponder = proposing.take(toInitiator);
        }
        assertEquals(Optional.of("/b"), proposing.agreed);
        assertEquals(Optional.of("/b"), answering.agreed);
        assertEquals(Bytes.EMPTY, toResponder);
    }

    @Test
    void sendsHeaderAndProposalAtOnceAndWaitsForNothing() {
        assertEquals(Bytes.concat(HEADER, line("/a")), new Proposing(List.of("/a", "/b")).opening());
    }

    @Test
    void tellsThatNothingIsSpokenInCommon() throws WireException {
        End end = new End(new Proposing(List.of("/a", "/b")));
        assertEquals(line("/b"), end.take(Bytes.concat(HEADER, line("na"))));
        end.take(line("na"));
        assertTrue(end.hasFailed);
    }

    @Test
    void leavesWhatFollowsTheLastLine() throws WireException {
        End end = new End(new Answering("/a"::equals, 1));
        end.take(Bytes.concat(HEADER, line("/a"), Bytes.utf8("payload")));
        assertEquals(Bytes.utf8("payload"), end.rest);
    }

    @Test
    void refusesAPeerThatBeginsWithSomethingElse() {
        assertRefused(new Answering("/a"::equals, 1), line("/multistream/2.0.0"));
        assertRefused(new Proposing(List.of("/a")), line("/a"));
    }

    @Test
    void refusesAnAnswerThatWasNotProposed() {
        assertRefused(new Proposing(List.of("/a", "/b")), Bytes.concat(HEADER, line("/b")));
    }

    @Test
    void refusesTheProposalAfterTheLastAllowedOne() throws WireException {
        Answering responder = new Answering(name -> false, 2);
        End end = new End(responder);
        end.take(Bytes.concat(HEADER, line("/1"), line("/2")));
        assertRefused(responder, line("/3"));
    }

    @Test
    void refusesALineAboveTheBound() throws WireException {
        String longest = "/" + "x".repeat(Lines.LINE_BYTES_MAX - 2);
        End end = new End(new Answering(longest::equals, 1));
        end.take(Bytes.concat(HEADER, line(longest)));
        assertEquals(Optional.of(longest), end.agreed);

        assertRefused(new Answering(name -> true, 1), Bytes.concat(HEADER, Bytes.ofHex("8108")));
        assertRefused(new Answering(name -> true, 1), Bytes.concat(HEADER, Bytes.ofHex("ffff03")));
    }

    @Test
    void refusesLinesThatAreMalformed() {
        assertRefused(new Answering(name -> true, 1), Bytes.ofHex("00"));
        assertRefused(new Answering(name -> true, 1), Bytes.ofHex("8100"));
        assertRefused(new Answering(name -> true, 1), Bytes.ofHex("036e6161"));
    }

    @Test
    void anyBytesLeadToAnAnswerOrAWireException() {
        Seeds.forEach(2_000, random -> {
            Negotiation negotiation =
                    random.nextBoolean() ? new Answering(name -> false, 4) : new Proposing(List.of("/a"));
            Bytes noise = Bytes.owning(Seeds.bytes(random, 200));
            Bytes sent = random.nextBoolean() ? Bytes.concat(HEADER, noise) : noise;
            try {
                new End(negotiation).take(sent);
            } catch (WireException refused) {
                return; // The other allowed outcome.
            }
        });
    }

    private static void assertRefused(Negotiation negotiation, Bytes bytes) {
        assertThrows(WireException.class, () -> new End(negotiation).take(bytes));
    }

    private static Bytes line(String text) {
        return Lines.encode(text);
    }

    /** Feeds one end and remembers where it got to. */
    private static final class End {
        private final Negotiation negotiation;
        private Optional<String> agreed = Optional.empty();
        private boolean hasFailed;
        private Bytes rest = Bytes.EMPTY;

        End(Negotiation negotiation) {
            this.negotiation = negotiation;
        }

        /** What the end answers to {@code bytes}. */
        Bytes take(Bytes bytes) throws WireException {
            Bytes answers = Bytes.EMPTY;
            for (int at = 0; at < bytes.size() && agreed.isEmpty() && !hasFailed; at++) {
                Negotiation.Step step = negotiation.onByte(bytes.at(at));
                rest = bytes.slice(at + 1, bytes.size());
                answers = Bytes.concat(
                        answers,
                        step.match(
                                Negotiation.Step.Continue::answer,
                                found -> {
                                    agreed = Optional.of(found.protocol());
                                    return found.answer();
                                },
                                none -> {
                                    hasFailed = true;
                                    return Bytes.EMPTY;
                                }));
            }
            return answers;
        }
    }
}
