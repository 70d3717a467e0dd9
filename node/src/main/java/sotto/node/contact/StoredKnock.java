package sotto.node.contact;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.SecretBytes;
import sotto.libp2p.peer.Multiaddr;
import sotto.node.api.AccountId;
import sotto.node.api.MessageId;
import sotto.node.ratchet.SentKnock;
import sotto.node.vault.Row;
import sotto.node.wire.AccountKeys;

/**
 * A knock of ours that is under way. It begins with a code alone; once the inviter's record was fetched it has a target, and
 * from then on the same block is sent until we are recognised.
 *
 * @param id names it in events; 16 random bytes in hexadecimal
 */
public record StoredKnock(String id, Wish wish, Instant since, Instant expiresAt, Optional<Target> target) {
    private static final int VERSION = 1;

    /**
     * What the user asked for.
     *
     * @param code the invitation code, whose secret must not be shown
     * @param hints addresses to dial
     * @param localName what to call the contact, or empty
     * @param greeting the first message, or empty
     */
    public record Wish(String code, List<Multiaddr> hints, String localName, String greeting) {
        public Wish {
            hints = List.copyOf(hints);
        }

        @Override
        public String toString() {
            return "Wish(" + hints.size() + " hints)";
        }
    }

    /** Whom the code leads to, and the knock made for them. */
    public record Target(AccountKeys account, String name, List<Multiaddr> addresses, SentKnock knock) {
        public Target {
            addresses = List.copyOf(addresses);
        }

        /** The contact that this will be once we are recognised. */
        public AccountId id(Crypto crypto) {
            return account.id(crypto);
        }
    }

    /** This knock, aimed at whom its code leads to. */
    public StoredKnock at(Target found) {
        return new StoredKnock(id, wish, since, expiresAt, Optional.of(found));
    }

    /** This knock, to be tried at these addresses too. */
    public StoredKnock hinted(List<Multiaddr> hints) {
        return new StoredKnock(id, new Wish(wish.code, hints, wish.localName, wish.greeting), since, expiresAt, target);
    }

    /** Where to look: what the inviter's record says, then the hints. */
    public List<Multiaddr> addresses() {
        List<Multiaddr> addresses =
                new ArrayList<>(target.map(Target::addresses).orElse(List.of()));
        addresses.addAll(wish.hints);
        return addresses.stream().distinct().toList();
    }

    Bytes toRow() {
        ByteWriter row = new ByteWriter().u8(VERSION).text16(wish.code);
        writeAddresses(row, wish.hints);
        row.text16(wish.localName).text16(wish.greeting);
        row.u64(since.toEpochMilli()).u64(expiresAt.toEpochMilli()).u8(target.isPresent() ? 1 : 0);
        target.ifPresent(found -> {
            row.raw(found.account.encode()).text16(found.name);
            writeAddresses(row, found.addresses);
            row.raw(Bytes.ofHex(found.knock.id().hex()));
            found.knock.pairRoot().use(row::raw);
            row.field16(found.knock.block());
        });
        return row.toBytes();
    }

    static StoredKnock fromRow(String id, Bytes row) {
        return Row.decode(row, VERSION, reader -> {
            Wish wish = new Wish(reader.text16(), readAddresses(reader), reader.text16(), reader.text16());
            Instant since = Instant.ofEpochMilli(reader.u64());
            Instant expiresAt = Instant.ofEpochMilli(reader.u64());
            Optional<Target> target = reader.u8() == 1 ? Optional.of(readTarget(reader)) : Optional.empty();
            return new StoredKnock(id, wish, since, expiresAt, target);
        });
    }

    private static Target readTarget(ByteReader reader) throws WireException {
        AccountKeys account = AccountKeys.readFrom(reader);
        String name = reader.text16();
        List<Multiaddr> addresses = readAddresses(reader);
        MessageId id = new MessageId(reader.raw(MessageId.SIZE_BYTES).hex());
        SecretBytes root = SecretBytes.copyOf(reader.raw(SentKnock.PAIR_ROOT_BYTES));
        return new Target(account, name, addresses, new SentKnock(reader.field16(), root, id));
    }

    static void writeAddresses(ByteWriter row, List<Multiaddr> addresses) {
        row.u8(addresses.size());
        addresses.forEach(address -> row.text16(address.toString()));
    }

    static List<Multiaddr> readAddresses(ByteReader reader) throws WireException {
        List<Multiaddr> addresses = new ArrayList<>();
        for (int left = reader.u8(); left > 0; left--) {
            addresses.add(Multiaddr.parse(reader.text16()));
        }
        return addresses;
    }
}
