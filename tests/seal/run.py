"""Whole-program tests of the seal.

    run.py CHECK UTFALL      CHECK: roundtrip, hostile, tools, audit

roundtrip  keygen, settle, seal and verify by command; files, modes, refusals
hostile    each file of the corpus (hostile.py) is refused for its reason, or accepted
tools      xmlsec1, xmllint and openssl by hand agree on what utfall sealed
audit      ledger/audit.sh agrees with utfall on every file of the corpus
Exit code 77 = a tool that the check needs is missing.
"""
import base64
import concurrent.futures
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile

import hostile
import pki

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CONTRACT = os.path.join(ROOT, "contracts", "minimal", "contract.yaml")
AUDIT = os.path.join(ROOT, "ledger", "audit.sh")
SKIPPED, WORKERS = 77, 2
FAULTS = []


def expect(is_so, what):
    if not is_so:
        FAULTS.append(what)
        print("FAILED: %s" % what)


def call(*command, **options):
    environment = dict(os.environ, LC_ALL="C", SOURCE_DATE_EPOCH="1795348800", **options)
    return subprocess.run(command, capture_output=True, check=False, env=environment, timeout=60)


def read(path):
    with open(path, "rb") as file:
        return file.read()


class Tried:
    """A folder with an unsealed ledger of the smallest contract."""

    def __init__(self, utfall, folder):
        self.utfall, self.folder = utfall, folder
        done = self.run("settle", CONTRACT, "--out", folder, "--detail", "none", "--quiet")
        ledgers = [n for n in os.listdir(folder) if n.endswith(".ledger.xml")]
        if done.returncode or len(ledgers) != 1:
            sys.exit("the smallest contract does not settle: %s" % done.stderr.decode())
        self.ledger = os.path.join(folder, ledgers[0])

    def run(self, *words):
        return call(self.utfall, *words)

    def path(self, name):
        return os.path.join(self.folder, name)

    def keys(self, algorithm):
        folder = self.path(algorithm)
        done = self.run("keygen", folder, "--algorithm", algorithm, "--at", "2026-01-01T00:00:00Z",
                        "--valid-days", "1000", "--org-identifier", hostile.SIGNER)
        expect(done.returncode == 0, "keygen %s: %s" % (algorithm, done.stderr.decode()))
        return folder

    def seal(self, keys, name):
        out = self.path(name)
        done = self.run("seal", self.ledger, "--key", keys + "/test-seal.key", "--cert",
                        keys + "/test-seal.pem", "--signing-time", hostile.NOW, "--out", out)
        expect(done.returncode == 0, "seal %s: %s" % (name, done.stderr.decode()))
        return out

    def verify(self, path, *more, trust=None, signer=hostile.SIGNER):
        words = ["verify", path, "--at", hostile.NOW]
        words += ["--trust", trust] if trust else []
        words += ["--signer", signer] if signer else []
        return self.run(*words, *more)


# ---- roundtrip -----------------------------------------------------------------------------------

def roundtrip(t):
    unsealed = read(t.ledger)
    for algorithm in ("ecdsa", "rsa"):
        keys = t.keys(algorithm)
        root = keys + "/test-root.pem"
        before = {n: read(os.path.join(keys, n)) for n in sorted(os.listdir(keys))}
        expect(sorted(before) == ["test-root.pem", "test-seal.key", "test-seal.pem"], "three files")
        expect(os.stat(keys + "/test-seal.key").st_mode & 0o777 == 0o600, "the key is private")
        expect(t.run("keygen", keys).returncode == 4, "keygen does not overwrite")
        expect(before == {n: read(os.path.join(keys, n)) for n in before}, "keys were left alone")
        sealed = t.seal(keys, algorithm + ".xml")
        done = t.verify(sealed, trust=root)
        expect(done.returncode == 0, "verify %s: %s" % (algorithm, done.stderr.decode()))
        expect(b"TEST KEY" in done.stdout, "a test key is called one")
        expect(t.verify(sealed, signer=None).returncode == 1, "an unknown signer is not a yes")
        expect(t.verify(sealed, trust=root, signer="NTRSE-556000-0001").returncode == 1, "signer")
        expect(t.verify(t.ledger, trust=root).returncode == 1, "unsealed is no when trust is asked")
        expect(t.verify(sealed, trust=t.path("none.pem")).returncode == 4, "roots must be there")
        again = t.seal(keys, algorithm + "-again.xml")
        expect((read(sealed) == read(again)) == (algorithm == "rsa"), "same bytes with RSA only")
        start = len(unsealed) - len(hostile.END) - 1
        expect(read(sealed)[:start] == unsealed[:start], "the ledger stays as it was")
        done = t.run("seal", sealed, "--key", keys + "/test-seal.key", "--cert",
                     keys + "/test-seal.pem", "--signing-time", hostile.NOW)
        expect(done.returncode != 0 and b"sealed already" in done.stderr, "sealed once only")
        expect(read(sealed) == read(again) or algorithm == "ecdsa", "a refusal changes nothing")
    expect(read(t.ledger) == unsealed, "sealing to another file leaves the ledger")
    other = t.path("ecdsa") + "/test-root.pem"
    expect(t.verify(t.path("rsa.xml"), trust=other).returncode == 1, "another root")


# ---- hostile -------------------------------------------------------------------------------------

def corpus(t):
    folder = t.path("corpus")
    os.makedirs(folder + "/pki")
    with open(t.ledger, encoding="utf-8") as file:
        cases = hostile.make(file.read(), pki.make(folder + "/pki"))
    hostile.write(cases, folder)
    return cases, folder


def every(cases, check):
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(check, cases))


# What the checks of the seal say; none of it may be why a content case is refused.
SEAL_WORDS = re.compile(rb"seal|sign|certificate")


def hostile_check(t):
    cases, folder = corpus(t)
    root = folder + "/pki/root.pem"

    def check(case):
        kind, name, reason, _ = case
        path = os.path.join(folder, name)
        done = t.verify(path, trust=root)
        said = done.stderr.replace(path.encode(), b"")
        if kind == "valid":
            expect(done.returncode == 0, "%s is refused: %s" % (name, said.decode()))
            return
        expect(done.returncode == 1, "%s gives exit code %d: %s" % (
            name, done.returncode, said.decode(errors="replace")))
        expect(b"NOT VALID" in done.stdout.splitlines()[-1:], "%s: verdict" % name)
        if kind == "content":
            first = said.splitlines()[0] if said else b""
            expect(first and not SEAL_WORDS.search(first), "%s: not the seal's fault: %s" % (
                name, said.decode(errors="replace")))
        else:
            expect(reason.encode() in said, "%s: expected \"%s\": %s" % (
                name, reason, said.decode(errors="replace")))

    every(cases, check)
    count = {kind: sum(case[0] == kind for case in cases) for kind in sorted({c[0] for c in cases})}
    expect(sum(count.values()) - count["valid"] >= 80, "at least 80 hostile files")
    print(" ".join("%s %d" % pair for pair in count.items()))
    return 0


# ---- other people's tools ------------------------------------------------------------------------

def xmlsec(path, root):
    return call("xmlsec1", "--verify", "--enabled-key-data", "x509", "--enabled-reference-uris",
                "empty,same-doc", "--trusted-pem", root, "--verification-gmt-time",
                hostile.NOW.replace("T", " ").rstrip("Z"), "--id-attr:Id",
                "http://uri.etsi.org/01903/v1.3.2#:SignedProperties", path)


def digest_by_hand(path):
    """As in the manual: head, tail, openssl, base64."""
    line = ("{ head -n -1 \"$1\" | tail -n +2; printf '</ledger>'; } | "
            "openssl dgst -sha256 -binary | base64")
    return call("bash", "-c", line, "bash", path).stdout.decode().strip()


def signature_by_hand(sealed, folder):
    """Digest of SignedProperties, and the value over SignedInfo, by openssl."""
    text = read(sealed).decode()
    info = re.search("<ds:SignedInfo .*</ds:SignedInfo>", text).group().encode()
    properties = re.search("<xades:SignedProperties .*</xades:SignedProperties>", text).group()
    digests = re.findall("<ds:DigestValue>([^<]*)<", text)
    expect(digests[0] == digest_by_hand(sealed), "the digest of the ledger by hand")
    expect(digests[1] == base64.b64encode(hashlib.sha256(properties.encode()).digest()).decode(),
           "the digest of the properties by hand")
    certificate = base64.b64decode(re.search("X509Certificate>([^<]*)<", text).group(1))
    value = base64.b64decode(re.search('seal-value">([^<]*)<', text).group(1))
    if b"ecdsa-sha256" in info:
        half = len(value) // 2
        value = pki.sequence(*(pki.integer(int.from_bytes(part, "big"))
                               for part in (value[:half], value[half:])))
    names = {"cert.der": certificate, "value": value}
    for name, data in names.items():
        with open(os.path.join(folder, name), "wb") as file:
            file.write(data)
    public = os.path.join(folder, "public.pem")
    with open(public, "wb") as file:
        file.write(pki.run("openssl", "x509", "-inform", "DER", "-in", folder + "/cert.der",
                           "-noout", "-pubkey"))
    done = subprocess.run(["openssl", "dgst", "-sha256", "-verify", public, "-signature",
                           folder + "/value"], input=info, capture_output=True, check=False)
    expect(done.returncode == 0, "openssl verifies the value: %s" % done.stderr.decode())


def tools(t):
    if not (shutil.which("xmlsec1") and shutil.which("xmllint")):
        print("skipped: needs xmlsec1 and xmllint")
        return SKIPPED
    for algorithm in ("ecdsa", "rsa"):
        keys = t.keys(algorithm)
        sealed, root = t.seal(keys, algorithm + ".xml"), keys + "/test-root.pem"
        done = xmlsec(sealed, root)
        expect(done.returncode == 0, "xmlsec1 %s: %s" % (algorithm, done.stderr.decode()))
        expect(b"SignedInfo References (ok/all): 2/2" in done.stderr + done.stdout, "both references")
        expect(call("xmllint", "--noout", "--nonet", sealed).returncode == 0, "well formed")
        canonical = call("xmllint", "--exc-c14n", t.ledger).stdout
        expect(hostile.DECLARATION.encode() + canonical + b"\n" == read(t.ledger),
               "the ledger is its own canonical form")
        signature_by_hand(sealed, t.folder)
        broken = t.path("broken.xml")
        with open(broken, "wb") as file:
            file.write(re.sub(rb'(<due amount="[0-9]+)"', rb'\g<1>0"', read(sealed), count=1))
        expect(xmlsec(broken, root).returncode != 0, "xmlsec1 refuses a changed amount")
        for part in (b"ds:SignedInfo", b"ds:SignatureValue", b"xades:SignedProperties"):
            expect(canonical_part(sealed, part, t), "%s is its own canonical form" % part.decode())
    dangerous(t)
    return 0


def canonical_part(sealed, name, t):
    """An element of the seal, canonical inside the document, has the bytes it has in the file: taken
    out it stands alone, and exclusive canonical form does not depend on what is around it."""
    part = re.search(b"<%s .*</%s>" % (name, name), read(sealed)).group()
    path = t.path("part.xml")
    with open(path, "wb") as file:
        file.write(part)
    return call("xmllint", "--exc-c14n", path).stdout == part


def dangerous(t):
    """The signatures of the `external` cases satisfy xmlsec1: they are real attacks, not noise."""
    cases, folder = corpus(t)
    accepted = [name for kind, name, _, _ in cases if kind == "external" and
                xmlsec_plain(os.path.join(folder, name), folder + "/pki/root.pem").returncode == 0]
    expect(len(accepted) >= 4, "attacks that xmlsec1 alone accepts: %s" % accepted)
    print("accepted by xmlsec1 alone: %s" % " ".join(sorted(accepted)))
    for kind, name, _, _ in cases:
        if kind == "valid":
            done = xmlsec(os.path.join(folder, name), folder + "/pki/root.pem")
            expect(done.returncode == 0, "xmlsec1 %s: %s" % (name, done.stderr.decode()))


def xmlsec_plain(path, root):
    return call("xmlsec1", "--verify", "--enabled-key-data", "x509", "--trusted-pem", root,
                "--verification-gmt-time", "2026-11-22 12:00:00", "--id-attr:Id",
                "urn:utfall:ledger:1:ledger", path)


# ---- the auditor's script ------------------------------------------------------------------------

# Each takes a dozen runs of openssl; of those that fall at the same check, some are left out.
AUDIT_LEFT_OUT = re.compile(r"A0[2-5]|A17|A2[134]|E0[59]|E1[57]|E2[48]|F09|F1[23]|G(?!01|12|21)")


def audit(t):
    if not shutil.which("bash"):
        print("skipped: needs bash")
        return SKIPPED
    cases, folder = corpus(t)
    root = folder + "/pki/root.pem"
    cases = [case for case in cases if not AUDIT_LEFT_OUT.match(case[1])]

    def check(case):
        kind, name, _, _ = case
        done = call("bash", AUDIT, os.path.join(folder, name), root, hostile.SIGNER, hostile.NOW)
        said = done.stdout.decode(errors="replace")
        should = kind in ("valid", "content")  # the script checks the seal, not the figures
        expect(done.returncode == (0 if should else 1), "%s: exit code %d, %s %s" % (
            name, done.returncode, said, done.stderr.decode(errors="replace")))
        expect(said.startswith("VALID: sealed by" if should else "NOT VALID: "), "%s: %s" % (name, said))
        if should:
            value = base64.b64decode(digest_by_hand(os.path.join(folder, name))).hex()
            expect(value in said, "%s: the digest is shown" % name)

    every(cases, check)
    print("%d files" % len(cases))
    return 0


CHECKS = {"roundtrip": roundtrip, "hostile": hostile_check, "tools": tools, "audit": audit}


def main(words):
    if len(words) != 3 or words[1] not in CHECKS:
        sys.exit(__doc__)
    if not shutil.which("openssl"):
        print("skipped: needs openssl")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="utfall-seal-") as folder:
        code = CHECKS[words[1]](Tried(words[2], folder))
    print("%s: %d faults" % (words[1], len(FAULTS)))
    return code or (1 if FAULTS else 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv))
