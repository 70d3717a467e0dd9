package sotto.node.wire;

import java.time.Instant;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.Ed25519PublicKey;

/**
 * What an account signs to make an invitation: that these prekeys are its own, under this directory key, until then. It binds
 * both account keys, so that prekeys of one account cannot be shown as those of another.
 *
 * @param expiresAt in whole milliseconds
 */
public record InvitationCertificate(
        AccountKeys account, Ed25519PublicKey directoryKey, PrekeyBundle prekeys, Instant expiresAt) {
    /** The bytes under the signature. */
    public Bytes signedBytes() {
        Bytes expiry = new ByteWriter().u64(expiresAt.toEpochMilli()).toBytes();
        return Label.INVITATION_CERTIFICATE.over(account.encode(), directoryKey.bytes(), prekeys.encode(), expiry);
    }
}
