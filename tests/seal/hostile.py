"""The hostile corpus: sealed ledgers with one thing wrong in each.

    hostile.py LEDGER FOLDER     writes the corpus made of an unsealed LEDGER, with manifest.tsv

Where another check than a digest is the target, the file is signed with the right test key, so that
only that check can refuse it. Each case names its kind:
    valid     must be accepted
    forged    must be refused, because of the seal; `reason` is part of the message
    content   the seal is right and the ledger is not; only reading it can tell
    external  like forged, and made by xmlsec1: a signature that XMLDSig itself calls valid
"""
import base64
import gzip
import hashlib
import hmac
import os
import re
import shutil
import subprocess
import sys
import tempfile

import pki

NOW, SIGNER = "2026-11-22T12:00:00Z", "NTRSE-212000-0456"
DECLARATION, END = '<?xml version="1.0" encoding="UTF-8"?>\n', "</ledger>"
DS, XADES = "http://www.w3.org/2000/09/xmldsig#", "http://uri.etsi.org/01903/v1.3.2#"
C14N, MORE = "http://www.w3.org/2001/10/xml-exc-c14n#", "http://www.w3.org/2001/04/xmldsig-more#"
ENVELOPED, PROPERTIES = DS + "enveloped-signature", "http://uri.etsi.org/01903#SignedProperties"
DIGEST = {"sha256": "http://www.w3.org/2001/04/xmlenc#sha256", "sha1": DS + "sha1",
          "md5": MORE + "md5", "sha512": "http://www.w3.org/2001/04/xmlenc#sha512"}
ECDSA, RSA = MORE + "ecdsa-sha256", MORE + "rsa-sha256"
FORM, CHANGED = "not of the one form", "was changed after it was sealed"


def b64(data):
    return base64.b64encode(data).decode()


def digest(text, how="sha256"):
    return b64(hashlib.new(how, text.encode()).digest())


def transform(uri, inner=""):
    return '<ds:Transform Algorithm="%s">%s</ds:Transform>' % (uri, inner)


def reference(uri, value, transforms, attributes="", how="sha256"):
    return ('<ds:Reference %sURI="%s"><ds:Transforms>%s</ds:Transforms>'
            '<ds:DigestMethod Algorithm="%s"></ds:DigestMethod><ds:DigestValue>%s</ds:DigestValue>'
            "</ds:Reference>" % (attributes, uri, transforms, DIGEST[how], value))


def certificates(*owners):
    return "<ds:X509Data>%s</ds:X509Data>" % "".join(
        "<ds:X509Certificate>%s</ds:X509Certificate>" % b64(o.der) for o in owners)


class Corpus:
    def __init__(self, unsealed, owners):
        self.owners, self.cases = owners, []
        self.body = unsealed[len(DECLARATION):-len(END) - 1]
        assert DECLARATION + self.body + END + "\n" == unsealed
        self.good = self.sealed()

    def add(self, kind, name, data, reason=""):
        data = data if isinstance(data, bytes) else data.encode()
        assert kind == "valid" or data != self.good.encode(), name
        self.cases.append((kind, "%s.xml" % name, reason, data))

    # ---- writing a seal, with any part of it replaced ----

    def properties(self, named="seal", time=NOW, identity="seal-properties"):
        ds = ' xmlns:ds="%s"' % DS
        return (
            '<xades:SignedProperties xmlns:xades="%s" Id="%s"><xades:SignedSignatureProperties>'
            "<xades:SigningTime>%s</xades:SigningTime><xades:SigningCertificateV2><xades:Cert>"
            '<xades:CertDigest><ds:DigestMethod%s Algorithm="%s"></ds:DigestMethod>'
            "<ds:DigestValue%s>%s</ds:DigestValue></xades:CertDigest></xades:Cert>"
            "</xades:SigningCertificateV2></xades:SignedSignatureProperties>"
            "<xades:SignedDataObjectProperties>"
            '<xades:DataObjectFormat ObjectReference="#seal-ledger">'
            "<xades:MimeType>application/xml</xades:MimeType></xades:DataObjectFormat>"
            "<xades:CommitmentTypeIndication><xades:CommitmentTypeId><xades:Identifier>"
            "http://uri.etsi.org/01903/v1.2.2#ProofOfOrigin</xades:Identifier>"
            "</xades:CommitmentTypeId><xades:AllSignedDataObjects></xades:AllSignedDataObjects>"
            "</xades:CommitmentTypeIndication></xades:SignedDataObjectProperties>"
            "</xades:SignedProperties>" % (
                XADES, identity, time, ds, DIGEST["sha256"], ds,
                b64(hashlib.sha256(self.owners[named].der).digest())))

    def sealed(self, body=None, by="seal", shown=None, named=None, time=NOW, method=None,
               how="sha256", canonical=None, transforms=None, references=None, properties=None,
               value=None, key_info=None, canonicalization=C14N, unsigned="", more="",
               sign_digest="sha256", attributes="", edit_info=None):
        """`canonical` is what the digest is made over, default the content itself."""
        owner = self.owners[by]
        body = self.body if body is None else body
        if properties is None:
            properties = self.properties(named or by, time)
        if transforms is None:
            transforms = transform(ENVELOPED) + transform(C14N)
        if references is None:
            references = (
                reference("", digest(canonical or body + END, how), transforms,
                          'Id="seal-ledger" ', how) +
                reference("#seal-properties", digest(properties, how), transform(C14N),
                          'Type="%s" ' % PROPERTIES, how))
        method = method or (ECDSA if owner.key.kind in pki.ORDER else RSA)
        info = ('<ds:SignedInfo xmlns:ds="%s"><ds:CanonicalizationMethod Algorithm="%s">'
                "</ds:CanonicalizationMethod>"
                '<ds:SignatureMethod Algorithm="%s">%s</ds:SignatureMethod>%s</ds:SignedInfo>' % (
                    DS, canonicalization, method, attributes, references))
        info = edit_info(info) if edit_info else info
        if value is None:
            value = b64(owner.key.value(info.encode(), sign_digest))
        elif callable(value):
            value = value(info)
        if key_info is None:
            key_info = certificates(*(self.owners[o] for o in shown or (by,)))
        return (DECLARATION + body +
                '<ds:Signature xmlns:ds="%s" Id="seal">%s'
                '<ds:SignatureValue xmlns:ds="%s" Id="seal-value">%s</ds:SignatureValue>'
                "<ds:KeyInfo>%s</ds:KeyInfo><ds:Object>"
                '<xades:QualifyingProperties xmlns:xades="%s" Target="#seal">%s%s'
                "</xades:QualifyingProperties></ds:Object>%s</ds:Signature>" % (
                    DS, info, DS, value, key_info, XADES, properties, unsigned, more) + END + "\n")

    # ---- helpers for the attacks ----

    def evil(self, text=None):
        """The first amount due, ten times as much."""
        text = self.body if text is None else text
        out = re.sub(r'(<due amount="[0-9]+)"', r'\g<1>0"', text, count=1)
        assert out != text
        return out

    def change(self, old, new, text=None):
        text = self.good if text is None else text
        assert old in text, old
        return text.replace(old, new, 1)

    def signature(self, text=None):
        return re.search("<ds:Signature .*</ds:Signature>", text or self.good).group()

    def value(self, text=None):
        return re.search('seal-value">([^<]*)<', text or self.good).group(1)


# ---- the cases -----------------------------------------------------------------------------------

def valid(c):
    c.add("valid", "V01-ecdsa", c.good)
    c.add("valid", "V02-rsa", c.sealed(by="rsa"))
    c.add("valid", "V03-issuing-authority", c.sealed(by="under", shown=("under", "issuing")))
    c.add("valid", "V04-root-along", c.sealed(by="under", shown=("under", "issuing", "root")))


def integrity(c):
    def add(name, data, reason=CHANGED):
        c.add("forged", "A" + name, data, reason)

    lines = re.findall(r"  [^\n]*\n", c.body)
    add("01-amount", c.evil(c.good))
    add("02-line-removed", c.change(lines[4], ""))
    add("03-line-doubled", c.change(lines[4], lines[4] * 2))
    add("04-lines-swapped", c.change(lines[4] + lines[5], lines[5] + lines[4]))
    add("05-space-added", c.change(lines[4], " " + lines[4]))
    add("06-signing-time", c.change(NOW, "2026-10-01T00:00:00Z"), "signed properties")
    value = c.value()
    add("07-value-changed", c.change(value, ("B" if value[0] != "B" else "C") + value[1:]),
        "not made by the key")
    add("08-value-empty", c.change(value, ""), "expected a signature value")
    add("09-value-zero", c.sealed(c.evil(), value=b64(bytes(64))), "outside the range of the curve")
    order = pki.ORDER["P-256"][1]
    both = order.to_bytes(32, "big") * 2
    add("10-value-order", c.sealed(c.evil(), value=b64(both)), "outside the range of the curve")
    add("11-value-der", c.sealed(
        value=lambda info: b64(c.owners["seal"].key.der_signature(info.encode()))), "32 bytes each")
    raw = base64.b64decode(value)
    mirrored = raw[:32] + (order - int.from_bytes(raw[32:], "big")).to_bytes(32, "big")
    add("12-value-mirrored", c.change(value, b64(mirrored)), "mirrored")
    add("13-value-halves-swapped", c.change(value, b64(raw[32:] + raw[:32])), "")
    add("14-seal-taken-off", DECLARATION + c.evil() + END + "\n", "not sealed")
    add("15-cut-off", c.good[:len(c.good) * 2 // 3], "")
    add("16-empty", "", "first line")
    add("17-seal-of-another-ledger",
        DECLARATION + c.evil() + c.signature() + END + "\n")
    add("18-value-of-another-ledger",
        c.sealed(c.evil(), value=value), "not made by the key")
    add("19-newline-gone", c.good[:-1], "line feed")
    add("20-rsa-value-of-zero", c.sealed(c.evil(), by="rsa", value=b64(bytes(384))),
        "not made by the key")
    one = (1).to_bytes(32, "big")
    for number, value in (("22-r-of-zero", bytes(32) + one), ("23-s-of-zero", one + bytes(32)),
                          ("24-r-of-order", order.to_bytes(32, "big") + one),
                          ("25-s-of-order", one + order.to_bytes(32, "big"))):
        add(number, c.sealed(c.evil(), value=b64(value)), "outside the range of the curve")
    add("21-rsa-value-of-one", c.sealed(c.evil(), by="rsa", value=b64(bytes(383) + b"\1")),
        "not made by the key")


def wrapping(c):
    def add(name, data, reason=FORM):
        c.add("forged", "B" + name, data, reason)

    only_properties = reference("#seal-properties", digest(c.properties()), transform(C14N),
                                'Type="%s" ' % PROPERTIES)
    add("01-ledger-not-covered", c.sealed(c.evil(), references=only_properties))
    note = '<due amount="1" from="a" to="b" xmlns="urn:utfall:ledger:1"></due>'
    add("02-object-added", c.change("</ds:Object></ds:Signature>",
                                    "</ds:Object><ds:Object>%s</ds:Object></ds:Signature>" % note))
    add("03-unsigned-property", c.sealed(
        unsigned="<xades:UnsignedProperties>%s</xades:UnsignedProperties>" % note))
    signature = c.signature()
    first = c.body.index("\n") + 1
    add("04-signature-moved", DECLARATION + c.body[:first] + signature + "\n" + c.body[first:] +
        END + "\n", "before the last line")
    add("05-two-signatures", c.change(signature, signature + c.signature(c.sealed(by="other"))))
    add("06-two-signatures-other-first",
        c.change(signature, c.signature(c.sealed(by="other")) + signature))
    add("07-signature-in-signature", c.change(
        "</ds:Object></ds:Signature>", "</ds:Object><ds:Object>%s</ds:Object></ds:Signature>" %
        signature.replace('Id="seal', 'Id="inner')))
    signed, false = c.properties(), c.properties(time="2026-01-02T00:00:00Z")
    add("08-properties-wrapped", c.sealed(
        references=re.search("<ds:Reference .*</ds:Reference>", c.good).group(),
        properties=false.replace("seal-properties", "false-properties"),
        more="<ds:Object>%s</ds:Object>" % signed))
    add("09-properties-twice", c.change(signed, false + signed))
    add("10-target-elsewhere", c.change('Target="#seal"', 'Target="#other"'))
    add("11-comment-after", c.good + "<!-- x -->\n", "last line")
    add("12-comment-before", c.change(DECLARATION, DECLARATION + "<!-- x -->\n"), "second line")
    add("13-white-space-after", c.good + "\n", "last line")
    add("14-second-document", c.good + c.good, "")
    add("15-root-in-another-namespace",
        c.sealed(c.change("urn:utfall:ledger:1", "urn:example:1", c.body)), "second line")
    add("16-comment-in-seal", c.change("<ds:KeyInfo>", "<!-- x --><ds:KeyInfo>"))
    add("17-white-space-in-seal", c.change("<ds:KeyInfo>", " <ds:KeyInfo>"))
    add("18-no-qualifying-properties",
        re.sub("<ds:Object>.*</ds:Object>", "", c.good))


def references(c):
    def add(name, data, reason=FORM):
        c.add("forged", "C" + name, data, reason)

    def with_transforms(text, **other):
        return c.sealed(transforms=text, **other)

    both = transform(ENVELOPED) + transform(C14N)
    add("01-400-transforms", with_transforms(transform(ENVELOPED) + transform(C14N) * 400))
    add("02-c14n-with-comments", with_transforms(
        transform(ENVELOPED) + transform(C14N + "WithComments")))
    add("03-inclusive-c14n", with_transforms(
        transform(ENVELOPED) + transform("http://www.w3.org/TR/2001/REC-xml-c14n-20010315")))
    add("04-prefix-list", with_transforms(transform(ENVELOPED) + transform(
        C14N, '<InclusiveNamespaces xmlns="%s" PrefixList="ds"></InclusiveNamespaces>' % C14N)))
    add("05-no-c14n", with_transforms(transform(ENVELOPED)))
    add("06-xslt", with_transforms(both + transform(
        "http://www.w3.org/TR/1999/REC-xslt-19991116",
        '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">'
        '<xsl:template match="/">x</xsl:template></xsl:stylesheet>'), canonical="x"))
    for number, uri in (("07-http", "http://127.0.0.1:9/l.xml"), ("08-file", "file:///etc/passwd"),
                        ("09-endless-device", "file:///dev/zero"), ("10-relative", "ledger.xml"),
                        ("11-xpointer", "#xpointer(/)")):
        content = reference(uri, digest(c.body + END), both, 'Id="seal-ledger" ')
        add(number, c.sealed(references=content + reference(
            "#seal-properties", digest(c.properties()), transform(C14N),
            'Type="%s" ' % PROPERTIES)))
    one = reference("", digest(c.body + END), both, 'Id="seal-ledger" ')
    last = reference("#seal-properties", digest(c.properties()), transform(C14N),
                     'Type="%s" ' % PROPERTIES)
    add("12-40-references", c.sealed(references=one * 40 + last))
    add("13-references-swapped", c.sealed(references=last + one))
    add("14-other-type", c.sealed(edit_info=lambda i: i.replace(PROPERTIES, PROPERTIES + "X")))
    manifest = "<ds:Object><ds:Manifest Id=\"m\">%s</ds:Manifest></ds:Object>" % one
    add("15-manifest-only", c.sealed(c.evil(), references=reference(
        "#m", digest(manifest), transform(C14N)) + last, more=manifest))


def algorithms(c):
    def add(name, data, reason="signature method"):
        c.add("forged", "D" + name, data, reason)

    public = c.owners["seal"].key.public

    def keyed(length):
        return lambda info: b64(hmac.new(public, info.encode(), hashlib.sha256).digest()[:length])

    add("01-sha1-digests", c.sealed(how="sha1"), FORM)
    add("02-md5-digests", c.sealed(how="md5"), FORM)
    add("03-sha512-digests", c.sealed(how="sha512"), FORM)
    add("04-rsa-sha1", c.sealed(by="rsa", method=DS + "rsa-sha1", sign_digest="sha1"))
    add("05-ecdsa-sha1", c.sealed(method=MORE + "ecdsa-sha1", sign_digest="sha1"))
    add("06-rsa-sha512", c.sealed(by="rsa", method=MORE + "rsa-sha512", sign_digest="sha512"))
    add("07-hmac-by-public-key", c.sealed(c.evil(), method=MORE + "hmac-sha256", value=keyed(32)))
    add("08-hmac-of-length-0", c.sealed(
        c.evil(), method=MORE + "hmac-sha256", value="",
        attributes="<ds:HMACOutputLength>0</ds:HMACOutputLength>"), FORM)
    add("09-hmac-of-length-8", c.sealed(
        c.evil(), method=MORE + "hmac-sha256", value=keyed(1),
        attributes="<ds:HMACOutputLength>8</ds:HMACOutputLength>"), FORM)
    for number, owner, words in (("10-rsa-1024", "rsa1024", ""), ("11-rsa-2048", "rsa2048", "RSA of 2048"),
                                 ("12-p-224", "p224", "EC on secp224r1"),
                                 ("13-p-384", "p384", "EC on secp384r1")):
        add(number, c.sealed(by=owner), words)
    add("14-none", c.sealed(c.evil(), method="none", value="AAAA"))
    add("15-rsa-said-ecdsa-key", c.sealed(method=RSA))
    add("16-ecdsa-said-rsa-key", c.sealed(by="rsa", method=ECDSA))
    add("17-no-method", c.change(' Algorithm="%s"' % ECDSA, ""), FORM)


def keys(c):
    def add(name, data, reason="not trusted"):
        c.add("forged", "E" + name, data, reason)

    attacker = c.owners["attacker"]
    point = ('<ds:KeyValue><ECKeyValue xmlns="http://www.w3.org/2009/xmldsig11#">'
             '<NamedCurve URI="urn:oid:1.2.840.10045.3.1.7"></NamedCurve>'
             "<PublicKey>%s</PublicKey></ECKeyValue></ds:KeyValue>" % b64(attacker.key.public[-65:]))
    evil = c.evil()
    add("01-bare-key", c.sealed(evil, by="attacker", key_info=point), FORM)
    add("02-bare-key-then-certificate", c.sealed(
        evil, by="attacker", named="seal", key_info=point + certificates(c.owners["seal"])), FORM)
    add("03-self-signed-same-name", c.sealed(evil, by="attacker"))
    add("04-own-root-of-same-name", c.sealed(evil, by="under-false-root"))
    add("05-own-root-along", c.sealed(evil, by="under-false-root",
                                      shown=("under-false-root", "false-root")))
    add("06-other-organisation", c.sealed(by="other"), 'expected "%s"' % SIGNER)
    add("07-leaf-as-authority", c.sealed(evil, by="under-leaf", shown=("under-leaf", "other")),
        "did not issue")
    add("08-decoy-certificate-first", c.sealed(evil, by="attacker", shown=("seal", "attacker"),
                                               named="seal"), "did not issue")
    add("09-decoy-certificate-last", c.sealed(evil, by="attacker", shown=("attacker", "seal")),
        "did not issue")
    add("10-certificate-alone-kept", c.sealed(evil, by="attacker", shown=("seal",), named="seal"),
        "not made by the key")
    add("11-other-certificate-same-key", c.sealed(shown=("same-key",)), "SigningCertificateV2")
    add("12-expired", c.sealed(by="expired", time="2023-06-01T00:00:00Z"), "had expired")
    add("13-not-yet-valid", c.sealed(by="future"), "not valid yet")
    add("14-web-server", c.sealed(by="tls"), "another use")
    add("15-encryption", c.sealed(by="encryption"), "not for signatures")
    add("16-authority-signs", c.sealed(by="root"), "authority")
    add("17-issuing-authority-signs", c.sealed(by="issuing"), "authority")
    add("18-no-key-info", re.sub("<ds:KeyInfo>.*</ds:KeyInfo>", "", c.good), FORM)
    add("19-key-name", c.sealed(key_info="<ds:KeyName>Seal</ds:KeyName>"), FORM)
    for number, uri, kind in (("20-retrieval-http", "http://127.0.0.1:9/c", "rawX509Certificate"),
                              ("21-retrieval-file", "file:///tmp/c.der", "rawX509Certificate"),
                              ("22-retrieval-loop", "#seal-value", "X509Data")):
        add(number, c.sealed(evil, by="attacker", key_info='<ds:RetrievalMethod Type="%s%s" '
                             'URI="%s"></ds:RetrievalMethod>' % (DS, kind, uri)), FORM)
    seal = c.owners["seal"]
    garbage = "<ds:X509Data><ds:X509Certificate>%s</ds:X509Certificate></ds:X509Data>"
    add("23-garbage-certificate", c.sealed(key_info=garbage % b64(bytes(range(256)) * 8)),
        "cannot be read")
    add("24-bytes-after-certificate", c.sealed(key_info=garbage % b64(seal.der + b"more")),
        "cannot be read")
    add("25-five-certificates", c.sealed(shown=("seal", "root", "root", "root", "root")), FORM)
    add("26-fifty-certificates", c.sealed(shown=("seal",) + ("root",) * 49), FORM)
    add("27-crl-along", c.change("</ds:X509Data>", "<ds:X509CRL>AAAA</ds:X509CRL></ds:X509Data>"),
        FORM)
    add("28-missing-issuer", c.sealed(by="under"))
    add("29-signed-before-certificate", c.sealed(time="2025-12-31T23:59:59Z"), "outside")
    add("30-signed-in-the-future", c.sealed(time="2026-11-22T12:05:01Z"), "later than the check")
    add("31-signed-no-day", c.sealed(time="2026-02-30T12:00:00Z"), "is not a time")
    value = c.value()
    add("32-blank-in-base64", c.change(value, value[:10] + " " + value[10:]), FORM)
    digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    add("33-unused-bits-in-base64", c.change(
        value, value[:-3] + digits[digits.index(value[-3]) + 1] + "=="), "canonical spelling")
    add("34-unrelated-certificate-along", c.sealed(shown=("seal", "issuing")), "did not issue")
    add("35-not-strict", c.sealed(by="no-issuer-key"))
    add("36-certificate-by-sha1", c.sealed(by="sha1"))
    add("37-issued-by-rsa-1024", c.sealed(by="under-weak", shown=("under-weak", "weak-issuing")))
    add("38-two-identifiers", c.sealed(by="two-identifiers"), "a name twice")


def xml(c):
    def add(name, data, reason=""):
        c.add("forged", "F" + name, data, reason)

    first = re.search(r'<due amount="[0-9]+"', c.body).group()

    def doctype(text, body=None):
        return c.change(DECLARATION, DECLARATION + "<!DOCTYPE ledger%s>\n" % text, body)

    add("01-doctype", doctype(""), "second line")
    add("02-doctype-on-the-declaration-line", c.change(
        "?>\n<ledger", "?><!DOCTYPE ledger>\n<ledger"), "first line")
    add("03-external-entity", doctype(' [<!ENTITY x SYSTEM "file:///etc/passwd">]', c.change(
        first, "&x;" + first)), "second line")
    add("04-entity-bomb", doctype(' [<!ENTITY a0 "ha">%s]' % "".join(
        '<!ENTITY a%d "%s">' % (i, "&a%d;" % (i - 1) * 10) for i in range(1, 11))), "second line")
    add("05-default-attribute", doctype(' [<!ATTLIST due currency CDATA "EUR">]'), "second line")
    add("06-comment-inside", c.change(first, "<!-- x -->" + first), CHANGED)
    add("07-cdata-inside", c.change(first, "<![CDATA[ ]]>" + first), CHANGED)
    add("08-instruction-inside", c.change(first, "<?x?>" + first), CHANGED)
    amount = first.split('"')[1]
    add("09-character-reference", c.change(
        first, '<due amount="&#%d;%s"' % (ord(amount[0]), amount[1:])), CHANGED)
    add("10-crlf", c.good.replace("\n", "\r\n"), "first line")
    add("11-one-cr", c.change('">\n', '">\r\n'), "CR byte")
    add("12-quotes", c.change(first, first.replace('"', "'")), CHANGED)
    add("13-space-in-end-tag", c.change("</due>", "</due >"), CHANGED)
    add("14-utf-16", c.good.replace("UTF-8", "UTF-16").encode("utf-16"), "first line")
    add("15-byte-order-mark", b"\xef\xbb\xbf" + c.good.encode(), "first line")
    for number, old, new in (("16-latin-1", "UTF-8", "ISO-8859-1"), ("17-utf-7", "UTF-8", "UTF-7"),
                             ("18-xml-1.1", 'version="1.0"', 'version="1.1"'),
                             ("19-lower-case-encoding", "UTF-8", "utf-8"),
                             ("20-no-declaration", DECLARATION, "")):
        add(number, c.change(old, new), "first line")
    add("21-nul-byte", c.good.encode().replace(b"<due ", b"<due\0 ", 1), "NUL byte")
    add("22-deep-in-object", c.change("</ds:Object></ds:Signature>", "</ds:Object><ds:Object>%s%s"
                                      "</ds:Object></ds:Signature>" % ("<r>" * 5000, "</r>" * 5000)),
        FORM)
    add("23-deep-and-long", c.change("</ds:Object></ds:Signature>", "</ds:Object><ds:Object>%s%s"
                                     "</ds:Object></ds:Signature>" % ("<r>" * 20000, "</r>" * 20000)),
        "too long")
    add("24-gzip", gzip.compress(c.good.encode(), 9, mtime=0), "first line")
    add("25-gzip-bomb", gzip.compress(DECLARATION.encode() + b" " * 20000000, 9, mtime=0),
        "first line")
    add("26-stylesheet", c.change(DECLARATION, DECLARATION + '<?xml-stylesheet type="text/xsl" '
                                  'href="http://127.0.0.1:9/e.xsl"?>\n'), "second line")


def content(c):
    """Sealed with the right key over a ledger that is wrong."""
    def add(name, edit):
        body = edit(c.body) if callable(edit) else c.change(edit[0], edit[1], c.body)
        assert body != c.body, name
        c.add("content", "G" + name, c.sealed(body))

    due = re.search(r'<due amount="([0-9]+)"[^\n]*\n', c.body)
    first, amount = due.group(), due.group(1)

    def spelled(text):
        return first, first.replace('"%s"' % amount, '"%s"' % text, 1)

    add("01-other-amount", c.evil)
    add("02-exponent", spelled(amount[:-1] + "e1"))
    add("03-decimal-comma", spelled(amount + ",0"))
    add("04-leading-zero", spelled("0" + amount))
    add("05-plus", spelled("+" + amount))
    add("06-arabic-digits", spelled("\u0661"))
    add("07-huge-number", spelled("9" * 400))
    add("08-no-number", spelled("NaN"))
    add("09-blank-in-number", spelled(amount[0] + " " + amount[1:]))
    add("10-unknown-element", (first, first + "<bonus></bonus>\n"))
    add("11-unknown-attribute", (first, first.replace("<due ", '<due zz="1" ')))
    add("12-element-twice", (first, first * 2))
    add("13-element-missing", (first, ""))
    add("14-attribute-twice", (first, first.replace(" from=", ' amount="1" from=', 1)))
    add("15-control-character", spelled("\b" + amount))
    add("16-deep", (first, "<r>" * 20000 + "</r>" * 20000 + "\n" + first))
    add("17-many-attributes", (first, first.replace(
        "<due ", "<due %s " % " ".join('a%05d="1"' % i for i in range(8000)))))
    add("18-xinclude", (first, first + '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" '
                        'href="file:///etc/passwd" parse="text"></xi:include>\n'))
    add("19-xml-base", (first, first.replace("<due ", '<due xml:base="http://127.0.0.1:9/" ')))
    add("20-entity", spelled("&amp;" + amount))
    add("21-not-well-formed", (first, first.replace("</due>", "")))


def malformed_bytes(c):
    """As content(), for bytes that are no text."""
    raw = c.good.encode()
    for name, old, new in (("22-overlong-utf-8", b'from="', b'from="\xc0\xae'),):
        body = c.body.encode().replace(old, new, 1)
        text = c.sealed(canonical="\0").encode()  # frame of the seal; the digest is put in below
        info = re.search(b"<ds:SignedInfo .*</ds:SignedInfo>", text).group()
        right = info.replace(digest("\0").encode(),
                             b64(hashlib.sha256(body + END.encode()).digest()).encode())
        value = re.search(b'seal-value">([^<]*)<', text).group(1)
        text = text.replace(info, right).replace(
            value, b64(c.owners["seal"].key.value(right)).encode())
        assert raw.startswith((DECLARATION + c.body).encode())
        c.add("content", "G" + name, text.replace(c.body.encode(), body))


def external(c):
    """Signed by xmlsec1 with the right key, so that XMLDSig itself is satisfied; then changed where
    the signature does not reach."""
    owner = c.owners["seal"]
    inner = c.change("<ledger ", '<ledger Id="body" ', c.body) + END

    def sign(text, *options):
        with tempfile.TemporaryDirectory() as folder:
            paths = [os.path.join(folder, n) for n in ("t.xml", "o.xml")]
            with open(paths[0], "w", encoding="utf-8") as file:
                file.write(text)
            pki.run("xmlsec1", "--sign", "--privkey-pem", owner.key.path + "," + owner.path, *options,
                    "--output", paths[1], paths[0])
            with open(paths[1], encoding="utf-8") as file:
                return file.read()

    def template(refs, more=""):
        return ('<ds:Signature xmlns:ds="%s"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="%s"/>'
                '<ds:SignatureMethod Algorithm="%s"/>%s</ds:SignedInfo><ds:SignatureValue/>'
                "<ds:KeyInfo><ds:X509Data><ds:X509Certificate/></ds:X509Data></ds:KeyInfo>%s"
                "</ds:Signature>" % (DS, C14N, ECDSA, refs, more))

    def ref(uri, *transforms):
        return ('<ds:Reference URI="%s"><ds:Transforms>%s</ds:Transforms><ds:DigestMethod '
                'Algorithm="%s"/><ds:DigestValue/></ds:Reference>' % (
                    uri, "".join(transforms), DIGEST["sha256"]))

    def one_line(text):
        """Signed text with its signature on the last line, as a ledger's."""
        signature = re.search("<ds:Signature .*</ds:Signature>", text, re.S).group()
        return text.replace(signature, re.sub(r">\n*<", "><", signature).replace("\n", ""))

    def add(name, text, reason=FORM):
        c.add("external", "X" + name, text, reason)

    whole, exclusive = transform(ENVELOPED), transform(C14N)
    xpath = transform("http://www.w3.org/TR/1999/REC-xpath-19991116",
                      "<ds:XPath>count(ancestor-or-self::*[local-name()='dues' or "
                      "local-name()='Signature']) = 0</ds:XPath>")
    add("01-xpath-leaves-dues-out", c.evil(one_line(sign(
        DECLARATION + c.body + template(ref("", whole, xpath, exclusive)) + END + "\n"))))
    filtered = transform("http://www.w3.org/2002/06/xmldsig-filter2",
                         '<XPath xmlns="http://www.w3.org/2002/06/xmldsig-filter2" '
                         'Filter="subtract">//*[local-name()=\'dues\']</XPath>')
    add("02-filter-leaves-dues-out", c.evil(one_line(sign(
        DECLARATION + c.body + template(ref("", whole, filtered, exclusive)) + END + "\n"))))
    add("03-other-object", one_line(sign(
        DECLARATION + c.evil() + template(ref("#o", exclusive),
                                          '<ds:Object Id="o"><note xmlns="">hello</note></ds:Object>') +
        END + "\n")))
    signed = one_line(sign("<wrap>" + inner + template(ref("#body", exclusive)) + "</wrap>",
                           "--id-attr:Id", "urn:utfall:ledger:1:ledger"))
    signature = re.search("<ds:Signature .*</ds:Signature>", signed).group()
    flat = inner.replace("\n", " ")
    add("04-wrapped-beside", DECLARATION + c.evil() + "<old>" + inner + "</old>\n" + signature + END + "\n")
    add("05-wrapped-in-object", DECLARATION + c.evil() + signature.replace(
        "</ds:Signature>", "<ds:Object>" + flat + "</ds:Object></ds:Signature>") + END + "\n")
    add("06-id-twice", DECLARATION + c.change("<ledger ", '<ledger Id="body" ', c.evil()) +
        "<old>" + inner + "</old>\n" + signature + END + "\n", "second line")


def make(unsealed, owners):
    corpus = Corpus(unsealed, owners)
    for part in (valid, integrity, wrapping, references, algorithms, keys, xml, content,
                 malformed_bytes):
        part(corpus)
    if shutil.which("xmlsec1"):
        external(corpus)
    assert len({case[1] for case in corpus.cases}) == len(corpus.cases)
    return corpus.cases


def write(cases, folder):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "manifest.tsv"), "w", encoding="utf-8") as manifest:
        for kind, name, reason, data in cases:
            with open(os.path.join(folder, name), "wb") as file:
                file.write(data)
            manifest.write("%s\t%s\t%s\n" % (kind, name, reason))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as source:
        ledger = source.read()
    keys_folder = os.path.join(sys.argv[2], "pki")
    os.makedirs(keys_folder, exist_ok=True)
    write(make(ledger, pki.make(keys_folder)), sys.argv[2])
