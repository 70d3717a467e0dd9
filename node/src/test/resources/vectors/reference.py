#!/usr/bin/env python3
"""A second implementation of Sotto's pure protocols, written from docs/protocol alone, that makes the test vectors.

    python3 reference.py DIRECTORY      writes *.properties into DIRECTORY

Standard library only, primitives included (X25519, Ed25519, ML-KEM-768, ChaCha20-Poly1305), so nothing is shared with the
Java code it checks. Slow, not constant-time, for test vectors only. The primitives are checked against published vectors at
every run.
"""
import hashlib
import hmac
import struct
import sys

# ---------------------------------------------------------------- primitives


def sha256(data):
    return hashlib.sha256(data).digest()


def hmac256(key, data):
    return hmac.new(key, data, hashlib.sha256).digest()


def hkdf(ikm, salt, info, size):
    prk = hmac256(salt or bytes(32), ikm)
    out, block, i = b"", b"", 1
    while len(out) < size:
        block = hmac256(prk, block + info + bytes([i]))
        out, i = out + block, i + 1
    return out[:size]


P = 2**255 - 19


def x25519(scalar, u=(9).to_bytes(32, "little")):
    k = bytearray(scalar)
    k[0] &= 248
    k[31] = k[31] & 127 | 64
    k = int.from_bytes(k, "little")
    x1 = (int.from_bytes(u, "little") & (2**255 - 1)) % P
    x2, z2, x3, z3, swap = 1, 0, x1, 1, 0
    for t in range(254, -1, -1):
        bit = k >> t & 1
        if swap ^ bit:
            x2, x3, z2, z3 = x3, x2, z3, z2
        swap = bit
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        aa, bb, da, cb = a * a, b * b, d * a, c * b
        e = aa - bb
        x3, z3 = (da + cb) ** 2 % P, x1 * (da - cb) ** 2 % P
        x2, z2 = aa * bb % P, e * (aa + 121665 * e) % P
    if swap:
        x2, z2 = x3, z3
    return (x2 * pow(z2, P - 2, P) % P).to_bytes(32, "little")


ED_L = 2**252 + 27742317777372353535851937790883648493
ED_D = -121665 * pow(121666, P - 2, P) % P


def ed_add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]), (p[1] + p[0]) * (q[1] + q[0])
    c, d = 2 * p[3] * q[3] * ED_D, 2 * p[2] * q[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def ed_mul(s, p):
    q = (0, 1, 1, 0)
    while s:
        if s & 1:
            q = ed_add(q, p)
        p, s = ed_add(p, p), s >> 1
    return q


ED_BY = 4 * pow(5, P - 2, P) % P
ED_BX = 15112221349535400772501151409588531511454012693041857206046113283949847762202
ED_B = (ED_BX, ED_BY, 1, ED_BX * ED_BY % P)


def ed_encode(p):
    z = pow(p[2], P - 2, P)
    return ((p[0] * z % P & 1) << 255 | p[1] * z % P).to_bytes(32, "little")


def ed_expand(seed):
    h = hashlib.sha512(seed).digest()
    a = int.from_bytes(h[:32], "little") & (2**254 - 8) | 2**254
    return a, h[32:]


def ed_public(seed):
    return ed_encode(ed_mul(ed_expand(seed)[0], ED_B))


def ed_sign(seed, message):
    a, prefix = ed_expand(seed)
    public = ed_public(seed)
    r = int.from_bytes(hashlib.sha512(prefix + message).digest(), "little") % ED_L
    big_r = ed_encode(ed_mul(r, ED_B))
    k = int.from_bytes(hashlib.sha512(big_r + public + message).digest(), "little") % ED_L
    return big_r + ((r + k * a) % ED_L).to_bytes(32, "little")


def chacha_block(key, counter, nonce):
    state = list(struct.unpack("<4I", b"expand 32-byte k") + struct.unpack("<8I", key))
    state += [counter] + list(struct.unpack("<3I", nonce))
    w = state[:]

    def quarter(a, b, c, d):
        for x, y, z, n in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
            w[x] = w[x] + w[y] & 0xFFFFFFFF
            v = w[z] ^ w[x]
            w[z] = (v << n | v >> 32 - n) & 0xFFFFFFFF

    for _ in range(10):
        for i in range(4):
            quarter(i, 4 + i, 8 + i, 12 + i)
        for i in range(4):
            quarter(i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4)
    return struct.pack("<16I", *((a + b) & 0xFFFFFFFF for a, b in zip(w, state)))


def aead_seal(key, nonce, aad, plaintext):
    out = bytearray()
    for i in range(0, len(plaintext), 64):
        stream = chacha_block(key, 1 + i // 64, nonce)
        out += bytes(x ^ y for x, y in zip(plaintext[i : i + 64], stream))
    one_time = chacha_block(key, 0, nonce)[:32]
    r = int.from_bytes(one_time[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    s, acc = int.from_bytes(one_time[16:], "little"), 0
    pad = lambda x: x + bytes(-len(x) % 16)
    data = pad(aad) + pad(bytes(out)) + struct.pack("<QQ", len(aad), len(out))
    for i in range(0, len(data), 16):
        acc = (acc + int.from_bytes(data[i : i + 16] + b"\x01", "little")) * r % (2**130 - 5)
    return bytes(out) + ((acc + s) % 2**128).to_bytes(16, "little")


# ML-KEM-768, FIPS 203: n = 256, q = 3329, k = 3, eta1 = eta2 = 2, du = 10, dv = 4.
Q, K = 3329, 3
ZETAS = [pow(17, int(f"{i:07b}"[::-1], 2), Q) for i in range(128)]
GAMMAS = [pow(17, 2 * int(f"{i:07b}"[::-1], 2) + 1, Q) for i in range(128)]


def ntt(f):
    f, i, size = f[:], 1, 128
    while size >= 2:
        for start in range(0, 256, 2 * size):
            for j in range(start, start + size):
                t = ZETAS[i] * f[j + size]
                f[j], f[j + size] = (f[j] + t) % Q, (f[j] - t) % Q
            i += 1
        size //= 2
    return f


def inverse_ntt(f):
    f, i, size = f[:], 127, 2
    while size <= 128:
        for start in range(0, 256, 2 * size):
            for j in range(start, start + size):
                t = f[j]
                f[j], f[j + size] = (t + f[j + size]) % Q, ZETAS[i] * (f[j + size] - t) % Q
            i -= 1
        size *= 2
    return [x * 3303 % Q for x in f]


def multiply(f, g):
    h = []
    for i in range(128):
        a, b, c, d = f[2 * i], f[2 * i + 1], g[2 * i], g[2 * i + 1]
        h += [(a * c + b * d * GAMMAS[i]) % Q, (a * d + b * c) % Q]
    return h


def add(*polynomials):
    return [sum(x) % Q for x in zip(*polynomials)]


def sample_ntt(seed):
    stream, a, i = hashlib.shake_128(seed).digest(3 * 1024), [], 0
    while len(a) < 256:
        x, y, z = stream[i : i + 3]
        for d in (x | (y & 15) << 8, y >> 4 | z << 4):
            if d < Q and len(a) < 256:
                a.append(d)
        i += 3
    return a


def sample_cbd(seed, n):
    bits = int.from_bytes(hashlib.shake_256(seed + bytes([n])).digest(128), "little")
    f = []
    for i in range(256):
        b = bits >> 4 * i
        f.append(((b & 1) + (b >> 1 & 1) - (b >> 2 & 1) - (b >> 3 & 1)) % Q)
    return f


def encode_bits(f, d):
    return sum(x << d * i for i, x in enumerate(f)).to_bytes(32 * d, "little")


def decode_bits(data, d):
    number = int.from_bytes(data, "little")
    return [number >> d * i & 2**d - 1 for i in range(256)]


def compress(f, d):
    return [((x << d) + Q // 2) // Q % 2**d for x in f]


def decompress(f, d):
    return [(x * Q + 2 ** (d - 1)) >> d for x in f]


def matrix(rho):
    return [[sample_ntt(rho + bytes([j, i])) for j in range(K)] for i in range(K)]


def kem_keys(seed):
    d = seed[:32]
    g = hashlib.sha3_512(d + bytes([K])).digest()
    rho, sigma = g[:32], g[32:]
    a = matrix(rho)
    s = [ntt(sample_cbd(sigma, i)) for i in range(K)]
    e = [ntt(sample_cbd(sigma, K + i)) for i in range(K)]
    t = [add(*(multiply(a[i][j], s[j]) for j in range(K)), e[i]) for i in range(K)]
    return b"".join(encode_bits(x, 12) for x in t) + rho, s


def kem_encrypt(public, message, coins):
    t = [[x % Q for x in decode_bits(public[384 * i : 384 * (i + 1)], 12)] for i in range(K)]
    a = matrix(public[384 * K :])
    y = [ntt(sample_cbd(coins, i)) for i in range(K)]
    e1 = [sample_cbd(coins, K + i) for i in range(K)]
    e2 = sample_cbd(coins, 2 * K)
    u = [add(inverse_ntt(add(*(multiply(a[j][i], y[j]) for j in range(K)))), e1[i]) for i in range(K)]
    mu = decompress(decode_bits(message, 1), 1)
    v = add(inverse_ntt(add(*(multiply(t[j], y[j]) for j in range(K)))), e2, mu)
    return b"".join(encode_bits(compress(x, 10), 10) for x in u) + encode_bits(compress(v, 4), 4)


def kem_encapsulate(public, message):
    g = hashlib.sha3_512(message + hashlib.sha3_256(public).digest()).digest()
    return g[:32], kem_encrypt(public, message, g[32:])


def kem_decapsulate(seed, ciphertext):
    public, s = kem_keys(seed)
    u = [decompress(decode_bits(ciphertext[320 * i : 320 * (i + 1)], 10), 10) for i in range(K)]
    v = decompress(decode_bits(ciphertext[320 * K :], 4), 4)
    inner = inverse_ntt(add(*(multiply(s[j], ntt(u[j])) for j in range(K))))
    message = encode_bits(compress([(x - y) % Q for x, y in zip(v, inner)], 1), 1)
    secret, again = kem_encapsulate(public, message)
    return secret if again == ciphertext else hashlib.shake_256(seed[32:] + ciphertext).digest(32)


def check_primitives():
    h = bytes.fromhex
    assert x25519(  # RFC 7748, section 5.2
        h("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"),
        h("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"),
    ) == h("c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552")
    seed = h("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")  # RFC 8032, section 7.1, test 2
    assert ed_public(seed) == h("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    assert ed_sign(seed, h("72")) == h(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    sealed = aead_seal(  # RFC 8439, section 2.8.2
        bytes(range(0x80, 0xA0)),
        h("070000004041424344454647"),
        h("50515253c0c1c2c3c4c5c6c7"),
        b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
        b"sunscreen would be it.",
    )
    assert sealed[-16:] == h("1ae10b594f09e26a7e902ecbd0600691")
    assert hkdf(bytes([11] * 22), bytes(range(13)), bytes(range(0xF0, 0xFA)), 42) == h(  # RFC 5869, A.1
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    )
    seed = bytes(range(64))
    secret, ciphertext = kem_encapsulate(kem_keys(seed)[0], bytes(32))
    assert len(ciphertext) == 1088 and kem_decapsulate(seed, ciphertext) == secret
    assert kem_decapsulate(seed, bytes([ciphertext[0] ^ 1]) + ciphertext[1:]) != secret


# ---------------------------------------------------------------- docs/protocol/labels.md


def u16(x):
    return struct.pack(">H", x)


def u32(x):
    return struct.pack(">I", x)


def u64(x):
    return struct.pack(">Q", x)


def over(label, *fields):
    return label.encode() + b"\0" + b"".join(u32(len(f)) + f for f in fields)


def padded(content, size):
    return u16(len(content)) + content + bytes(size - 2 - len(content))


def text16(text):
    return u16(len(text.encode())) + text.encode()


def addresses(*texts):
    return bytes([len(texts)]) + b"".join(text16(t) for t in texts)


def fixed(name, size):
    """Bytes that look random and are the same at every run."""
    return hashlib.shake_128(b"sotto test vector: " + name.encode()).digest(size)


# ---------------------------------------------------------------- docs/protocol/identity.md


class Account:
    def __init__(self, name):
        self.signing_seed, self.agreement_private = fixed(name + " signing", 32), fixed(name + " agreement", 32)
        self.signing, self.agreement = ed_public(self.signing_seed), x25519(self.agreement_private)
        self.keys = self.signing + self.agreement
        self.id = sha256(over("sotto/account/1", self.signing, self.agreement))


def safety_digits(account_id):
    h = over("sotto/safety/1/number", account_id)
    for _ in range(5200):
        h = hashlib.sha512(h + account_id).digest()
    return "".join(f"{int.from_bytes(h[5 * i:5 * i + 5], 'big') % 100000:05d}" for i in range(6))


def identity():
    alice, bob = Account("alice"), Account("bob")
    vector = {}
    for name, account in (("alice", alice), ("bob", bob)):
        vector[name + ".signingSeed"] = account.signing_seed
        vector[name + ".agreementPrivate"] = account.agreement_private
        vector[name + ".signing"] = account.signing
        vector[name + ".agreement"] = account.agreement
        vector[name + ".id"] = account.id
    vector["safetyNumber"] = "".join(sorted([safety_digits(alice.id), safety_digits(bob.id)]))
    return vector


# ---------------------------------------------------------------- docs/protocol/invitation.md

ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def polymod(values):
    chk = 1
    for value in values:
        top, chk = chk >> 25, (chk & 0x1FFFFFF) << 5 ^ value
        for i, g in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            chk ^= g if top >> i & 1 else 0
    return chk


def code_text(locator, secret, hints):
    number = int.from_bytes(locator + secret, "big")
    data = [1, 0] + [number >> 5 * i & 31 for i in range(55, -1, -1)]
    prefix = [ord(c) >> 5 for c in "sotto"] + [0] + [ord(c) & 31 for c in "sotto"]
    check = polymod(prefix + data + [0] * 6) ^ 0x2BC830A3
    symbols = "".join(ALPHABET[d] for d in data + [check >> 5 * i & 31 for i in range(5, -1, -1)])
    return "sotto:" + symbols + ("?" + "&".join("via=" + h for h in hints) if hints else "")


class Invitation:
    def __init__(self, owner):
        self.owner = owner
        self.directory_seed = fixed("directory", 32)
        self.directory_key = ed_public(self.directory_seed)
        self.locator = sha256(over("sotto/record/1/locator", self.directory_key))[:19]
        self.secret = fixed("invitation secret", 16)
        self.read_key = hkdf(self.secret, b"", over("sotto/invitation/1/read-key", self.locator), 32)
        self.knock_key = hkdf(self.secret, b"", over("sotto/invitation/1/knock-key", self.locator), 32)
        self.ask_token = hkdf(self.secret, b"", over("sotto/invitation/1/ask-token", self.locator), 16)
        self.prekey_id, self.prekey_private = fixed("prekey id", 4), fixed("prekey", 32)
        self.kem_id, self.kem_seed = fixed("kem id", 4), fixed("kem seed", 64)
        self.prekey, self.kem = x25519(self.prekey_private), kem_keys(self.kem_seed)[0]
        self.bundle = self.prekey_id + self.prekey + self.kem_id + self.kem
        self.expires = 1_800_000_000_000
        self.signature = ed_sign(
            owner.signing_seed,
            over("sotto/invitation/1/certificate", owner.keys, self.directory_key, self.bundle, u64(self.expires)),
        )
        self.name, self.addresses = "Bob", ("/ip4/192.0.2.7/tcp/4001", "/dns4/bob.example/tcp/4001")
        self.content = (
            b"\x01" + owner.keys + self.bundle + u64(self.expires) + self.signature
            + text16(self.name) + addresses(*self.addresses)
        )

    def sealed(self, sequence, expires):
        salt = fixed("record salt", 24)
        key = hkdf(self.read_key, salt, over("sotto/record/1/key"), 32)
        aad = over("sotto/record/1/seal", self.directory_key, u64(sequence), u64(expires))
        signed = self.directory_key + u64(sequence) + u64(expires) + salt
        signed += aead_seal(key, bytes(12), aad, padded(self.content, 3944))
        return salt, key, signed + ed_sign(self.directory_seed, over("sotto/record/1/signature", signed))


def invitation():
    made = Invitation(Account("bob"))
    sequence, expires = 1_799_500_000_000, 1_799_900_000_000
    salt, key, record = made.sealed(sequence, expires)
    assert len(record) == 4096
    return {
        "owner.signingSeed": made.owner.signing_seed,
        "owner.agreementPrivate": made.owner.agreement_private,
        "directorySeed": made.directory_seed,
        "directoryKey": made.directory_key,
        "locator": made.locator,
        "secret": made.secret,
        "code": code_text(made.locator, made.secret, []),
        "codeWithHints": code_text(made.locator, made.secret, made.addresses),
        "hints": " ".join(made.addresses),
        "readKey": made.read_key,
        "knockKey": made.knock_key,
        "askToken": made.ask_token,
        "prekeyId": made.prekey_id,
        "prekeyPrivate": made.prekey_private,
        "kemId": made.kem_id,
        "kemSeed": made.kem_seed,
        "bundle": made.bundle,
        "invitationExpires": str(made.expires),
        "signature": made.signature,
        "name": made.name,
        "content": made.content,
        "sequence": str(sequence),
        "recordExpires": str(expires),
        "salt": salt,
        "recordKey": key,
        "record": record,
    }


# ---------------------------------------------------------------- docs/protocol/directory.md

WEEK = 604_800_000


def directory():
    alice, bob, root = Account("alice"), Account("bob"), fixed("pair root", 32)
    now = 1_799_500_000_000
    shift = int.from_bytes(hkdf(root, b"", over("sotto/contact/1/record-week-shift"), 8), "big") % WEEK
    week = (now + shift) // WEEK
    where = (alice.id, bob.id, u64(week))
    seed = hkdf(root, b"", over("sotto/contact/1/record-directory-key", *where), 32)
    read_key = hkdf(root, b"", over("sotto/contact/1/record-read-key", *where), 32)
    public = ed_public(seed)
    locator = sha256(over("sotto/record/1/locator", public))[:19]
    texts = ("/ip4/192.0.2.7/tcp/4001", "/dns4/alice.example/tcp/4001")
    content = b"\x02" + addresses(*texts) + u16(0) + u16(0)
    sequence, expires, salt = 1_799_499_900_123, 1_800_104_400_000, fixed("contact record salt", 24)
    key = hkdf(read_key, salt, over("sotto/record/1/key"), 32)
    signed = public + u64(sequence) + u64(expires) + salt
    aad = over("sotto/record/1/seal", public, u64(sequence), u64(expires))
    signed += aead_seal(key, bytes(12), aad, padded(content, 3944))
    record = signed + ed_sign(seed, over("sotto/record/1/signature", signed))
    assert len(record) == 4096
    return {
        "publisher": alice.id,
        "reader": bob.id,
        "pairRoot": root,
        "now": str(now),
        "week": str(week),
        "weekEnds": str((week + 1) * WEEK - shift),
        "directorySeed": seed,
        "readKey": read_key,
        "locator": locator,
        "addresses": " ".join(texts),
        "content": content,
        "record": record,
        "dhtKey": b"/sotto/" + locator,
    }


# ---------------------------------------------------------------- docs/protocol/knock.md


def knock():
    alice, bob = Account("alice"), Account("bob")
    at = Invitation(bob)
    ephemeral_private, kem_message = fixed("ephemeral", 32), fixed("kem message", 32)
    ephemeral = x25519(ephemeral_private)
    kem_secret, kem_ciphertext = kem_encapsulate(at.kem, kem_message)
    assert kem_decapsulate(at.kem_seed, kem_ciphertext) == kem_secret
    er, ep = x25519(ephemeral_private, bob.agreement), x25519(ephemeral_private, at.prekey)
    sp = x25519(alice.agreement_private, at.prekey)
    suite = b"\x01\x01"
    offer_transcript = sha256(over(
        "sotto/knock/1/offer-transcript", suite, at.locator, b"\x02" + bob.keys, at.prekey_id, at.prekey, at.kem_id, at.kem,
        ephemeral, kem_ciphertext,
    ))
    full_transcript = sha256(over("sotto/knock/1/full-transcript", offer_transcript, b"\x01" + alice.keys))
    offer_secret, full_secret = er + ep + kem_secret, sp + er + ep + kem_secret
    identity_key = hkdf(offer_secret, offer_transcript, over("sotto/knock/1/identity-key"), 32)
    payload_key = hkdf(full_secret, full_transcript, over("sotto/knock/1/payload-key"), 32)
    pair_root = hkdf(full_secret, full_transcript, over("sotto/knock/1/pair-root"), 32)
    knock_id = hkdf(full_secret, full_transcript, over("sotto/knock/1/knock-id"), 16)
    name, greeting, where = "Alice", "Hello Bob, it is me. \u2615", "/ip4/198.51.100.9/tcp/4001"
    payload = text16(name) + text16(greeting) + addresses(where)
    sealed_account = aead_seal(identity_key, bytes(12), offer_transcript, alice.keys)
    sealed_payload = aead_seal(payload_key, bytes(12), full_transcript, padded(payload, 6915))
    offer = at.locator + at.prekey_id + at.kem_id + ephemeral + kem_ciphertext
    mac = hmac256(at.knock_key, over("sotto/knock/1/mac", suite, offer, sealed_account, sealed_payload))
    block = suite + mac + offer + sealed_account + sealed_payload
    assert len(block) == 8192
    return {
        "sender.signingSeed": alice.signing_seed,
        "sender.agreementPrivate": alice.agreement_private,
        "ephemeralPrivate": ephemeral_private,
        "kemMessage": kem_message,
        "ephemeral": ephemeral,
        "kemCiphertext": kem_ciphertext,
        "kemSecret": kem_secret,
        "er": er,
        "ep": ep,
        "sp": sp,
        "offerTranscript": offer_transcript,
        "fullTranscript": full_transcript,
        "identityKey": identity_key,
        "payloadKey": payload_key,
        "pairRoot": pair_root,
        "id": knock_id,
        "name": name,
        "greeting": greeting,
        "address": where,
        "payload": payload,
        "sealedAccount": sealed_account,
        "mac": mac,
        "block": block,
    }


# ---------------------------------------------------------------- docs/protocol/recognition.md


def recognition_tag(root, sender, receiver, role, handshake_hash):
    key = hkdf(root, b"", over("sotto/recognition/1/key", sender, receiver), 32)
    return key, hmac256(key, over("sotto/recognition/1/tag", bytes([role]), handshake_hash))[:16]


def recognition():
    alice, bob = Account("alice"), Account("bob")
    root, handshake_hash = fixed("pair root", 32), fixed("handshake hash", 32)
    offer_key, offer_tag = recognition_tag(root, alice.id, bob.id, 1, handshake_hash)
    answer_key, answer_tag = recognition_tag(root, bob.id, alice.id, 2, handshake_hash)
    return {
        "initiator": alice.id,
        "responder": bob.id,
        "pairRoot": root,
        "handshakeHash": handshake_hash,
        "offerKey": offer_key,
        "offerTag": offer_tag,
        "answerKey": answer_key,
        "answerTag": answer_tag,
        "offer": b"".join(sorted([offer_tag] + [fixed(f"offer padding {i}", 16) for i in range(255)])),
        "answer": b"".join(sorted([answer_tag] + [fixed(f"answer padding {i}", 16) for i in range(255)])),
    }


# ---------------------------------------------------------------- docs/protocol/session.md


def frames(key, first, message):
    sizes, out, start = (512, 1024, 2048, 4096, 8192), [], 0
    while True:
        is_last = len(message) - start <= 8173
        content = message[start : start + 8173]
        size = next(s for s in sizes if len(content) <= s - 19) if start == 0 else 8192
        plaintext = bytes([is_last]) + padded(content, size - 17)
        nonce = bytes(4) + u64(first + len(out))
        out.append(aead_seal(key, nonce, over("sotto/session/1/frame"), plaintext))
        start += len(content)
        if is_last:
            return out


def session():
    alice, bob = Account("alice"), Account("bob")
    root, handshake_hash = fixed("pair root", 32), fixed("handshake hash", 32)
    opener_hello, acceptor_hello = fixed("opener hello", 32), fixed("acceptor hello", 32)
    transcript = sha256(over(
        "sotto/session/1/transcript", alice.id, bob.id, opener_hello, acceptor_hello, handshake_hash
    ))
    keys = {
        name: hkdf(root, transcript, over("sotto/session/1/" + name), 32)
        for name in ("opener-key", "acceptor-key", "opener-confirmation", "acceptor-confirmation")
    }
    incarnation = fixed("incarnation", 16)
    text = "Where shall we meet?"
    message = b"\x01\x01" + fixed("message id", 16) + incarnation + u64(1) + u64(1_799_600_000_000)
    message += u32(len(text)) + text.encode()
    acknowledgement = b"\x01\x02" + incarnation + u64(1)
    profile = b"\x01\x03" + text16("Bob") + addresses("/ip4/192.0.2.7/tcp/4001")
    long_message = b"\x01\xff" + fixed("long", 20_000)
    opener_frames = frames(keys["opener-key"], 0, message)
    opener_frames += frames(keys["opener-key"], len(opener_frames), long_message)
    acceptor_frames = frames(keys["acceptor-key"], 0, acknowledgement)
    acceptor_frames += frames(keys["acceptor-key"], len(acceptor_frames), profile)
    vector = {
        "opener": alice.id,
        "acceptor": bob.id,
        "pairRoot": root,
        "handshakeHash": handshake_hash,
        "openerHello": opener_hello,
        "acceptorHello": acceptor_hello,
        "transcript": transcript,
        "openerKey": keys["opener-key"],
        "acceptorKey": keys["acceptor-key"],
        "openerConfirmation": keys["opener-confirmation"],
        "acceptorConfirmation": keys["acceptor-confirmation"],
        "text": message,
        "acknowledgement": acknowledgement,
        "profile": profile,
        "long": long_message,
    }
    for side, sealed in (("opener", opener_frames), ("acceptor", acceptor_frames)):
        vector[side + "Frames"] = " ".join(f.hex() for f in sealed)
    return vector


def main():
    check_primitives()
    for maker in (identity, invitation, directory, knock, recognition, session):
        with open(f"{sys.argv[1]}/{maker.__name__}.properties", "w", encoding="utf-8") as out:
            out.write("# Made by reference.py beside this file, a second implementation; remake: python3 reference.py .\n")
            for name, value in maker().items():
                out.write(f"{name}={value.hex() if isinstance(value, bytes) else value}\n")


if __name__ == "__main__":
    main()
