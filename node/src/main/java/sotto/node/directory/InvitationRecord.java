package sotto.node.directory;

import java.time.Instant;
import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.Ed25519PublicKey;
import sotto.node.wire.AccountKeys;
import sotto.node.wire.Addresses;
import sotto.node.wire.InvitationCertificate;
import sotto.node.wire.PrekeyBundle;
import sotto.node.wire.WireLimits;

/**
 * What the sealed record of an invitation says to the holder of its code.
 *
 * @param certificate who invites, with which prekeys, until when; signed by the account
 * @param signature 64 bytes over the certificate
 * @param name what the inviter calls itself, at most 64 bytes of UTF-8, not yet harmless to show
 * @param addresses where to knock
 */
public record InvitationRecord(InvitationCertificate certificate, Bytes signature, String name, Addresses addresses) {
    /** What lies at the place of an invitation that nobody is let in by any more. */
    public static final Bytes TOMBSTONE = new ByteWriter().u8(3).toBytes();

    private static final int KIND = 1;
    private static final int SIGNATURE_BYTES = 64;

    public InvitationRecord {
        int nameBytes = Bytes.utf8(name).size();
        if (signature.size() != SIGNATURE_BYTES || nameBytes > WireLimits.NAME_BYTES_MAX) {
            throw new IllegalArgumentException("a signature has 64 bytes, a name at most 64");
        }
    }

    /** The content for a {@link SealedRecord} under the directory key of the certificate. */
    public Bytes encode() {
        ByteWriter out = new ByteWriter().u8(KIND).raw(certificate.account().encode());
        out.raw(certificate.prekeys().encode());
        out.u64(certificate.expiresAt().toEpochMilli()).raw(signature).text16(name);
        addresses.writeTo(out);
        return out.toBytes();
    }

    /**
     * What {@code record} says, its account signature checked.
     *
     * @param content of {@code record}, opened
     */
    public static InvitationRecord verified(Crypto crypto, SealedRecord record, Bytes content) throws WireException {
        InvitationRecord invitation = decode(record.directoryKey(), content);
        InvitationCertificate certificate = invitation.certificate();
        if (!crypto.verify(certificate.account().signing(), certificate.signedBytes(), invitation.signature())) {
            throw new WireException("an invitation that its account did not sign");
        }
        return invitation;
    }

    /** The form alone: who says so is not checked. */
    static InvitationRecord decode(Ed25519PublicKey directoryKey, Bytes content) throws WireException {
        ByteReader in = new ByteReader(content);
        int kind = in.u8();
        if (kind != KIND) {
            throw new WireException("a record of kind " + kind + ", expected an invitation");
        }
        AccountKeys account = AccountKeys.readFrom(in);
        PrekeyBundle prekeys = PrekeyBundle.readFrom(in);
        long expiresAtMillis = in.u64();
        Bytes signature = in.raw(SIGNATURE_BYTES);
        Bytes name = in.field16();
        if (expiresAtMillis < 0 || name.size() > WireLimits.NAME_BYTES_MAX) {
            throw new WireException("an expiry beyond 63 bits or a name of more than 64 bytes");
        }
        Addresses addresses = Addresses.readFrom(in);
        in.end();
        InvitationCertificate certificate =
                new InvitationCertificate(account, directoryKey, prekeys, Instant.ofEpochMilli(expiresAtMillis));
        return new InvitationRecord(certificate, signature, ByteReader.utf8(name), addresses);
    }
}
