package sotto.node.wire;

import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.ByteWriter;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.MlKem768Encapsulation;
import sotto.libp2p.crypto.X25519PublicKey;

/**
 * The outside of a knock: one block of exactly 8,192 bytes, whatever is in it. Decoding checks sizes, version and suite only;
 * nothing in it is authentic before {@code KnockHandshake} has said so.
 *
 * @param mac 32 bytes over {@link #macInput}, under the knock key
 * @param sealedAccount the sender's account keys, 80 bytes
 * @param sealedPayload a padded {@link KnockPayload}, filling the block
 */
public record KnockBlock(Bytes mac, Offer offer, Bytes sealedAccount, Bytes sealedPayload) {
    public static final int SIZE_BYTES = 8_192;
    public static final int VERSION = 1;

    /** X25519 with ML-KEM-768, HKDF-SHA-256, ChaCha20-Poly1305. There is no suite without the KEM. */
    public static final int SUITE = 1;

    public static final int MAC_BYTES = 32;
    public static final int SEALED_ACCOUNT_BYTES = AccountKeys.SIZE_BYTES + 16;
    public static final int SEALED_PAYLOAD_BYTES = SIZE_BYTES - 2 - MAC_BYTES - Offer.SIZE_BYTES - SEALED_ACCOUNT_BYTES;

    /** What the transport answers to every knock, whatever became of it. */
    public static final Bytes ANSWER = Bytes.ofHex("01");

    public KnockBlock {
        if (mac.size() != MAC_BYTES
                || sealedAccount.size() != SEALED_ACCOUNT_BYTES
                || sealedPayload.size() != SEALED_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("a part of a knock has another size");
        }
    }

    public Bytes encode() {
        ByteWriter out = new ByteWriter().u8(VERSION).u8(SUITE).raw(mac).raw(offer.encode());
        return out.raw(sealedAccount).raw(sealedPayload).toBytes();
    }

    public static KnockBlock decode(Bytes block) throws WireException {
        if (block.size() != SIZE_BYTES) {
            throw new WireException("expected a knock of 8192 bytes, found " + block.size());
        }
        ByteReader in = new ByteReader(block);
        int version = in.u8();
        int suite = in.u8();
        if (version != VERSION || suite != SUITE) {
            throw new WireException("a knock of version " + version + ", suite " + suite);
        }
        Bytes mac = in.raw(MAC_BYTES);
        Offer offer = Offer.readFrom(in);
        return new KnockBlock(mac, offer, in.raw(SEALED_ACCOUNT_BYTES), in.raw(SEALED_PAYLOAD_BYTES));
    }

    /** Everything in the block but the MAC itself. */
    public Bytes macInput() {
        return macInput(offer, sealedAccount, sealedPayload);
    }

    /** The same for a block whose MAC is still to be made. */
    public static Bytes macInput(Offer offer, Bytes sealedAccount, Bytes sealedPayload) {
        return Label.KNOCK_MAC.over(versionAndSuite(), offer.encode(), sealedAccount, sealedPayload);
    }

    /** The two bytes that name this format, as every transcript begins. */
    public static Bytes versionAndSuite() {
        return new ByteWriter().u8(VERSION).u8(SUITE).toBytes();
    }

    /**
     * The part of a knock in clear: for whom it is and what the keys are agreed from. Travels inside the encrypted connection.
     *
     * @param locator the invitation knocked at
     * @param ephemeral fresh for every knock: what the receiver remembers to know a replay
     * @param kemCiphertext 1,088 bytes
     */
    public record Offer(Locator locator, int x25519Id, int mlKemId, X25519PublicKey ephemeral, Bytes kemCiphertext) {
        public static final int SIZE_BYTES =
                Locator.SIZE_BYTES + 8 + X25519PublicKey.SIZE_BYTES + MlKem768Encapsulation.CIPHERTEXT_BYTES;

        public Offer {
            if (kemCiphertext.size() != MlKem768Encapsulation.CIPHERTEXT_BYTES) {
                throw new IllegalArgumentException("an ML-KEM-768 ciphertext has 1088 bytes");
            }
        }

        Bytes encode() {
            ByteWriter out = new ByteWriter().raw(locator.bytes()).u32(x25519Id).u32(mlKemId);
            return out.raw(ephemeral.bytes()).raw(kemCiphertext).toBytes();
        }

        static Offer readFrom(ByteReader in) throws WireException {
            Locator locator = new Locator(in.raw(Locator.SIZE_BYTES));
            int x25519Id = (int) in.u32();
            int mlKemId = (int) in.u32();
            X25519PublicKey ephemeral = new X25519PublicKey(in.raw(X25519PublicKey.SIZE_BYTES));
            return new Offer(locator, x25519Id, mlKemId, ephemeral, in.raw(MlKem768Encapsulation.CIPHERTEXT_BYTES));
        }
    }
}
