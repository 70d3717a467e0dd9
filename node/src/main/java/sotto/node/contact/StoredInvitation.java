package sotto.node.contact;

import java.time.Instant;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.SecretBytes;
import sotto.node.api.Invitation;
import sotto.node.directory.DirectoryKey;
import sotto.node.directory.InvitationSecret;
import sotto.node.ratchet.Prekeys;
import sotto.node.vault.Row;
import sotto.node.wire.AskToken;
import sotto.node.wire.Locator;

/** An invitation of ours as the vault keeps it: its terms, how far it is used, and the keys behind its code. */
public record StoredInvitation(String label, String code, Terms terms, Use use, Keys keys) {
    private static final int VERSION = 2;
    private static final int SEED_BYTES = 32;

    /** What was promised when it was made. */
    public record Terms(int uses, Instant createdAt, Instant expiresAt) {}

    /**
     * What became of it.
     *
     * @param used how many people became contacts by it
     * @param isLeaked true once a second person was noticed to have the code
     */
    public record Use(int used, boolean isRevoked, boolean isLeaked) {
        public static final Use NONE = new Use(0, false, false);
    }

    /** The secret halves: of the code, of its record and of the handshake. */
    public record Keys(Locator locator, InvitationSecret secret, DirectoryKey directory, Prekeys prekeys)
            implements AutoCloseable {
        AskToken askToken(Crypto crypto) {
            return secret.askToken(crypto, locator);
        }

        /** Shows none of them in logs and failures. */
        @Override
        public String toString() {
            return "Keys";
        }

        @Override
        public void close() {
            secret.close();
            directory.close();
            prekeys.close();
        }
    }

    /** The code is a secret. */
    @Override
    public String toString() {
        return "StoredInvitation(" + label + ")";
    }

    StoredInvitation with(Use next) {
        return new StoredInvitation(label, code, terms, next, keys);
    }

    public StoredInvitation used() {
        return with(new Use(use.used + 1, use.isRevoked, use.isLeaked));
    }

    public StoredInvitation revoked() {
        return with(new Use(use.used, true, use.isLeaked));
    }

    public StoredInvitation leaked() {
        return with(new Use(use.used, use.isRevoked, true));
    }

    public Invitation.State state(Instant now) {
        if (use.isRevoked) {
            return Invitation.State.REVOKED;
        }
        if (use.used >= terms.uses) {
            return Invitation.State.USED_UP;
        }
        return now.isBefore(terms.expiresAt) ? Invitation.State.OPEN : Invitation.State.EXPIRED;
    }

    public Invitation view(Instant now, Invitation.Publication publication) {
        int left = state(now) == Invitation.State.OPEN ? terms.uses - use.used : 0;
        return new Invitation(label, code, terms.uses, left, terms.createdAt, terms.expiresAt, state(now), publication);
    }

    Bytes toRow() {
        ByteWriter row = new ByteWriter().u8(VERSION).text16(code).u32(terms.uses);
        row.u64(terms.createdAt.toEpochMilli()).u64(terms.expiresAt.toEpochMilli());
        row.u32(use.used).u8(use.isRevoked ? 1 : 0).u8(use.isLeaked ? 1 : 0);
        row.raw(keys.locator.bytes());
        keys.secret.bytes().use(row::raw);
        keys.directory.encode().use(row::raw);
        keys.prekeys.encode().use(row::raw);
        return row.toBytes();
    }

    static StoredInvitation fromRow(Crypto crypto, String label, Bytes row) {
        return Row.decode(row, VERSION, in -> {
            String code = in.text16();
            int uses = (int) in.u32();
            Terms terms = new Terms(uses, Instant.ofEpochMilli(in.u64()), Instant.ofEpochMilli(in.u64()));
            Use use = new Use((int) in.u32(), in.u8() == 1, in.u8() == 1);
            Locator locator = new Locator(in.raw(Locator.SIZE_BYTES));
            InvitationSecret secret = new InvitationSecret(SecretBytes.copyOf(in.raw(InvitationSecret.SIZE_BYTES)));
            DirectoryKey directory = DirectoryKey.decode(crypto, in.raw(SEED_BYTES));
            Keys keys = new Keys(locator, secret, directory, Prekeys.decode(crypto, in.rest()));
            return new StoredInvitation(label, code, terms, use, keys);
        });
    }
}
