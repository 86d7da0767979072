"""Keys and certificates for the tests of the seal: keys and signatures by openssl(1), certificates
written here in DER, so that they can be wrong in any way. Nothing is kept: each run makes its own."""
import base64
import hashlib
import os
import subprocess

ECDSA = {"sha1": "1.2.840.10045.4.1", "sha256": "1.2.840.10045.4.3.2"}
ORDER = {  # of the curve's base point: (bytes, n)
    "P-256": (32, 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551),
    "P-224": (28, 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFF16A2E0B8F03E13DD29455C5C2A3D),
    "P-384": (48, int("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF"
                      "581A0DB248B0A77AECEC196ACCC52973", 16)),
}


def run(*command, data=None):
    done = subprocess.run(command, input=data, capture_output=True, check=False)
    if done.returncode:
        raise SystemExit("%s\n%s" % (" ".join(command), done.stderr.decode()))
    return done.stdout


# ---- DER -----------------------------------------------------------------------------------------

def tlv(tag, *parts):
    body = b"".join(parts)
    if len(body) < 128:
        return bytes([tag, len(body)]) + body
    size = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes([tag, 128 + len(size)]) + size + body


def integer(value):
    return tlv(2, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def oid(dotted):
    numbers = [int(n) for n in dotted.split(".")]
    out = bytes([40 * numbers[0] + numbers[1]])
    for number in numbers[2:]:
        digits = [number & 127]
        while number > 127:
            number >>= 7
            digits.insert(0, number & 127 | 128)
        out += bytes(digits)
    return tlv(6, out)


def sequence(*parts):
    return tlv(0x30, *parts)


def pair_of_der(der):
    """The two integers of an ECDSA-Sig-Value."""
    at, out = 2 + (der[1] & 0x7F if der[1] & 0x80 else 0), []
    for _ in range(2):
        length = der[at + 1]
        out.append(int.from_bytes(der[at + 2:at + 2 + length], "big"))
        at += 2 + length
    return out


# ---- keys ----------------------------------------------------------------------------------------

class Key:
    def __init__(self, folder, name, kind):
        self.path, self.kind = os.path.join(folder, name + ".key"), kind
        option = (["EC", "-pkeyopt", "ec_paramgen_curve:" + kind] if kind in ORDER else
                  ["RSA", "-pkeyopt", "rsa_keygen_bits:" + kind[3:]])
        run("openssl", "genpkey", "-quiet", "-algorithm", *option, "-out", self.path)
        self.public = run("openssl", "pkey", "-in", self.path, "-pubout", "-outform", "DER")

    def der_signature(self, data, digest="sha256"):
        return run("openssl", "dgst", "-" + digest, "-sign", self.path, data=data)

    def value(self, data, digest="sha256"):
        """As XMLDSig has it: ECDSA as r || s, here with the smaller s."""
        signature = self.der_signature(data, digest)
        if self.kind not in ORDER:
            return signature
        size, n = ORDER[self.kind]
        r, s = pair_of_der(signature)
        return r.to_bytes(size, "big") + min(s, n - s).to_bytes(size, "big")


# ---- certificates --------------------------------------------------------------------------------

def name(common, organisation="Synthetic municipality", identifier=None, second=None):
    parts = [("2.5.4.6", 0x13, "SE"), ("2.5.4.10", 0x0C, organisation)]
    if identifier:
        parts.append(("2.5.4.97", 0x0C, identifier))
    if second:
        parts.append(("2.5.4.97", 0x0C, second))
    parts.append(("2.5.4.3", 0x0C, common))
    return sequence(*(tlv(0x31, sequence(oid(o), tlv(tag, text.encode()))) for o, tag, text in parts))


USAGE = {"seal": 0xC0, "authority": 0x06, "encryption": 0x20}  # bits from the left


def extension(dotted, value, critical=False):
    return sequence(oid(dotted), tlv(1, b"\xff") if critical else b"", tlv(4, value))


def key_id(key):
    return hashlib.sha1(key.public).digest()


class Owner:
    """A key with a certificate. `issuer` None = signed by itself."""

    serial = 1000

    def __init__(self, folder, label, issuer, kind="P-256", common=None, identifier="NTRSE-212000-0456",
                 usage="seal", extended=None, is_authority=False, since="20260101000000Z",
                 until="20281231235959Z", key=None, names_issuer_key=True, digest="sha256",
                 second_identifier=None):
        self.label, self.key = label, key or Key(folder, label, kind)
        self.name = name(common or "Seal", identifier=None if is_authority else identifier,
                         second=second_identifier)
        Owner.serial += 1
        above = issuer or self
        bits = USAGE[usage]
        unused = (bits & -bits).bit_length() - 1
        extensions = [
            extension("2.5.29.19", sequence(tlv(1, b"\xff")) if is_authority else sequence(), True),
            extension("2.5.29.15", tlv(3, bytes([unused, bits])), True),
            extension("2.5.29.14", tlv(4, key_id(self.key))),
        ]
        if issuer and names_issuer_key:
            extensions.append(extension("2.5.29.35", sequence(tlv(0x80, key_id(issuer.key)))))
        if extended:
            extensions.append(extension("2.5.29.37", sequence(oid(extended))))
        is_ec = above.key.kind in ORDER
        method = sequence(oid(ECDSA[digest] if is_ec else "1.2.840.113549.1.1.11"),
                          b"" if is_ec else tlv(5))
        signed = sequence(tlv(0xA0, integer(2)), integer(Owner.serial), method, above.name,
                          sequence(tlv(0x18 if since >= "2050" else 0x17,
                                       (since if since >= "2050" else since[2:]).encode()),
                                   tlv(0x17, until[2:].encode())),
                          self.name, self.key.public, tlv(0xA3, sequence(*extensions)))
        self.der = sequence(signed, method, tlv(3, b"\0", above.key.der_signature(signed, digest)))
        self.path = os.path.join(folder, label + ".pem")
        with open(self.path, "w", encoding="ascii") as file:
            file.write(pem(self.der))


def pem(der):
    text = base64.encodebytes(der).decode().replace("\n", "")
    lines = [text[i:i + 64] for i in range(0, len(text), 64)]
    return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n" % "\n".join(lines)


def make(folder):
    """Every owner that the corpus needs, by label."""
    out = {}

    def add(label, issuer, **wish):
        out[label] = Owner(folder, label, out.get(issuer), **wish)

    authority = {"usage": "authority", "is_authority": True, "since": "20200101000000Z",
                 "until": "20391231235959Z"}
    add("root", None, common="Test root", **authority)
    add("issuing", "root", common="Test issuing", **authority)
    add("seal", "root")
    add("under", "issuing", common="Seal under issuing")
    add("rsa", "root", kind="rsa3072")
    add("other", "root", identifier="NTRSE-556000-0001", common="Another organisation")
    add("tls", "root", extended="1.3.6.1.5.5.7.3.1")
    add("encryption", "root", usage="encryption")
    add("expired", "root", since="20220101000000Z", until="20231231235959Z")
    add("future", "root", since="20350101000000Z", until="20361231235959Z")
    add("rsa1024", "root", kind="rsa1024")
    add("rsa2048", "root", kind="rsa2048")
    add("p224", "root", kind="P-224")
    add("p384", "root", kind="P-384")
    add("same-key", "root", common="Second certificate", key=out["seal"].key)
    add("under-leaf", "other", common="Seal")
    add("no-issuer-key", "root", names_issuer_key=False)
    add("sha1", "root", digest="sha1")
    add("weak-issuing", "root", common="Weak issuing", kind="rsa1024", **authority)
    add("under-weak", "weak-issuing")
    add("two-identifiers", "root", second_identifier="NTRSE-556000-0001")
    add("attacker", None)
    add("false-root", None, common="Test root", **authority)
    add("under-false-root", "false-root")
    return out
