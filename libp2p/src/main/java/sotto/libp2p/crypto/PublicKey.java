package sotto.libp2p.crypto;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.bytes.WireException;
import sotto.libp2p.crypto.pb.KeyType;
import sotto.libp2p.crypto.pb.PublicKeyMessage;

/**
 * The public key that a libp2p peer is known by (peer-ids specification, "Keys"), of one of its four kinds. This host makes
 * Ed25519 keys only and verifies all. Immutable.
 */
public sealed interface PublicKey permits Ed25519PublicKey, Secp256k1PublicKey, EcdsaPublicKey, RsaPublicKey {
    /** An encoded RSA key of 8,192 bits, the largest, has fewer. */
    int ENCODED_BYTES_MAX = 1_200;

    /** The key alone, as its kind writes it, without the envelope that names the kind. */
    Bytes bytes();

    /** True if {@code signature} is one of {@code message} by this key. Any bytes have a verdict. */
    boolean verifies(Crypto crypto, Bytes message, Bytes signature);

    /** The code of this kind of key. */
    KeyType type();

    /** The protobuf of kind and key; every key has one such form. */
    default Bytes encode() {
        PublicKeyMessage message = PublicKeyMessage.newBuilder()
                .setType(type())
                .setData(ByteString.copyFrom(bytes().asByteBuffer()))
                .build();
        return Bytes.owning(message.toByteArray());
    }

    /** Reads what {@link #encode} wrote, and nothing else: another encoding of the same key would have another peer id. */
    static PublicKey decode(Bytes encoded) throws WireException {
        if (encoded.size() > ENCODED_BYTES_MAX) {
            throw new WireException("a public key of " + encoded.size() + " bytes, at most " + ENCODED_BYTES_MAX);
        }
        PublicKey key = decode(parse(encoded));
        if (!key.encode().equals(encoded)) {
            throw new WireException("a public key in an encoding that is not the shortest");
        }
        return key;
    }

    private static PublicKeyMessage parse(Bytes encoded) throws WireException {
        try {
            return PublicKeyMessage.parseFrom(encoded.asByteBuffer());
        } catch (InvalidProtocolBufferException malformed) {
            throw new WireException("a malformed public key", malformed);
        }
    }

    private static PublicKey decode(PublicKeyMessage message) throws WireException {
        Bytes bytes = Bytes.owning(message.getData().toByteArray());
        return switch (message.getType()) {
            case Ed25519 -> Ed25519PublicKey.decode(bytes);
            case Secp256k1 -> Secp256k1PublicKey.decode(bytes);
            case ECDSA -> EcdsaPublicKey.decode(bytes);
            case RSA -> RsaPublicKey.decode(bytes);
        };
    }
}
