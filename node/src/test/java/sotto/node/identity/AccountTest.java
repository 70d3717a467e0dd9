package sotto.node.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.CryptoChoice;
import sotto.libp2p.crypto.SecretBytes;
import sotto.node.api.AccountId;
import sotto.node.wire.AccountKeys;
import sotto.node.wire.Vector;

/** Proves that an account is its two keys, that its id covers both, and that neither shows when printed. */
class AccountTest {
    private static final Vector VECTOR = new Vector("identity");
    private final Crypto crypto = CryptoChoice.fastest();

    @Test
    void hasTheIdThatTheReferenceGives() {
        for (String name : new String[] {"alice", "bob"}) {
            Account account = account(name);
            assertEquals(
                    VECTOR.bytes(name + ".signing"),
                    account.signing().publicKey().bytes());
            assertEquals(
                    VECTOR.bytes(name + ".agreement"),
                    account.agreement().publicKey().bytes());
            assertEquals(new AccountId(VECTOR.text(name + ".id")), account.id(crypto));
        }
    }

    @Test
    void anotherKeyIsAnotherPerson() {
        AccountKeys alice = account("alice").keys();
        AccountKeys bob = account("bob").keys();
        AccountKeys mixed = new AccountKeys(alice.signing(), bob.agreement());
        assertNotEquals(alice.id(crypto), mixed.id(crypto));
        assertNotEquals(bob.id(crypto), mixed.id(crypto));
    }

    @Test
    void comesBackFromStorageAsItWas() throws WireException {
        Account account = Account.generate(crypto, new SplittableRandom(1));
        Account again = Account.decode(crypto, Bytes.owning(account.encode().copy()));
        assertEquals(account, again);
    }

    @Test
    void refusesStoredBytesThatAreNoAccount() {
        Bytes encoded = Bytes.owning(
                Account.generate(crypto, new SplittableRandom(1)).encode().copy());
        Bytes newer = Bytes.concat(Bytes.ofHex("02"), encoded.slice(1, encoded.size()));
        assertThrows(WireException.class, () -> Account.decode(crypto, newer));
        assertThrows(WireException.class, () -> Account.decode(crypto, encoded.slice(0, 64)));
        assertThrows(WireException.class, () -> Account.decode(crypto, Bytes.concat(encoded, Bytes.ofHex("00"))));
    }

    @Test
    void showsNoPrivateKeyWhenPrinted() {
        Account account = account("alice");
        for (String printed :
                new String[] {account.toString(), account.handshakeIdentity().toString()}) {
            assertFalse(printed.contains(VECTOR.text("alice.signingSeed")), printed);
            assertFalse(printed.contains(VECTOR.text("alice.agreementPrivate")), printed);
        }
    }

    @Test
    void twoAccountsHaveOneSafetyNumberInEitherOrder() {
        AccountId alice = account("alice").id(crypto);
        AccountId bob = account("bob").id(crypto);
        SafetyNumber number = SafetyNumber.of(alice, bob);
        assertEquals(new SafetyNumber(VECTOR.text("safetyNumber")), number);
        assertEquals(number, SafetyNumber.of(bob, alice));
        assertEquals(12, number.groups().size());
        assertEquals(number.digits(), String.join("", number.groups()));
    }

    private Account account(String name) {
        SecretBytes signing = VECTOR.secret(name + ".signingSeed");
        SecretBytes agreement = VECTOR.secret(name + ".agreementPrivate");
        return new Account(crypto.ed25519KeyPair(signing), crypto.x25519KeyPair(agreement));
    }
}
