#!/usr/bin/env bash
# ledger/audit.sh - checks the seal of a ledger with bash, coreutils, grep, sed and openssl alone.
#
#     bash audit.sh LEDGER ROOTS.pem SIGNER [YYYY-MM-DDThh:mm:ssZ]
#
# SIGNER is the organisation identifier that must have sealed, e.g. NTRSE-212000-0456. The time is
# that of the check, default now. Prints VALID or NOT VALID with the reason; exit status 0 or 1.
#
# It shares no code with utfall, so that an auditor need not trust utfall. No XML is parsed: a
# ledger is written in canonical form, so the bytes between its first and last line are the bytes
# that were digested, and the seal is one line of literal text. What it cannot tell is whether the
# figures are right: for that, `utfall verify`, or a calculation of your own.
set -u
export LC_ALL=C

if [ $# -lt 3 ] || [ $# -gt 4 ]; then
    sed -n '4s/^# *//p' "$0" >&2
    exit 2
fi
ledger=$1 roots=$2 signer=$3 at=${4:-$(date -u +%Y-%m-%dT%H:%M:%SZ)}

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

refuse() {
    printf 'NOT VALID: %s\n' "$*"
    exit 1
}
sha256() { openssl dgst -sha256 -binary | base64 -w 0; }
seconds() { [[ $1 =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$ ]] && date -u -d "$1" +%s 2> /dev/null; }

now=$(seconds "$at") || { echo "the time of the check is not YYYY-MM-DDThh:mm:ssZ" >&2; exit 2; }

# ---- 1. The frame: declaration, lines of content, one last line with the seal ----

[ -f "$ledger" ] || refuse "no such file"
[ "$(wc -c < "$ledger")" -le 67108864 ] || refuse "the file is larger than 64 MiB"
cmp -s <(head -n 1 "$ledger") <(echo '<?xml version="1.0" encoding="UTF-8"?>') ||
    refuse "the first line is not the XML declaration of a ledger"
cmp -s <(tail -c 10 "$ledger") <(echo "</ledger>") || refuse "the file does not end in </ledger>"
[ "$(tr -d '\0\r' < "$ledger" | wc -c)" -eq "$(wc -c < "$ledger")" ] || refuse "NUL or CR in the file"
[ "$(tail -n 1 "$ledger" | wc -c)" -le 65600 ] || refuse "the last line is longer than a seal"
[ "$(grep -ac '<ds:' "$ledger")" -eq 1 ] || refuse "not exactly one line with a seal"
content() { tail -n +2 "$ledger" | head -n -1; }
[[ "$(content | head -c 37)" == '<ledger xmlns="urn:utfall:ledger:1"'* ]] ||
    refuse "the second line does not open a ledger"
[ "$(content | grep -acE '<[!?]')" -eq 0 ] ||
    refuse "a comment, a document type, CDATA or an instruction stands in the ledger"
seal=$(tail -n 1 "$ledger")

# ---- 2. The seal: literal text with holes ----

ds=http://www.w3.org/2000/09/xmldsig#
xades=http://uri.etsi.org/01903/v1.3.2#
c14n=http://www.w3.org/2001/10/xml-exc-c14n#
hash=http://www.w3.org/2001/04/xmlenc#sha256
b64='([A-Za-z0-9+/]+=?=?)'
cert="<ds:X509Certificate>[A-Za-z0-9+/]+=?=?</ds:X509Certificate>"

info="<ds:SignedInfo xmlns:ds=\"$ds\">"
info+="<ds:CanonicalizationMethod Algorithm=\"$c14n\"></ds:CanonicalizationMethod>"
info+="<ds:SignatureMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#(ecdsa|rsa)-sha256\">"
info+="</ds:SignatureMethod><ds:Reference Id=\"seal-ledger\" URI=\"\"><ds:Transforms>"
info+="<ds:Transform Algorithm=\"${ds}enveloped-signature\"></ds:Transform>"
info+="<ds:Transform Algorithm=\"$c14n\"></ds:Transform></ds:Transforms>"
info+="<ds:DigestMethod Algorithm=\"$hash\"></ds:DigestMethod>"
info+="<ds:DigestValue>$b64</ds:DigestValue></ds:Reference>"
info+="<ds:Reference Type=\"http://uri.etsi.org/01903#SignedProperties\" URI=\"#seal-properties\">"
info+="<ds:Transforms><ds:Transform Algorithm=\"$c14n\"></ds:Transform></ds:Transforms>"
info+="<ds:DigestMethod Algorithm=\"$hash\"></ds:DigestMethod>"
info+="<ds:DigestValue>$b64</ds:DigestValue></ds:Reference></ds:SignedInfo>"

properties="<xades:SignedProperties xmlns:xades=\"$xades\" Id=\"seal-properties\">"
properties+="<xades:SignedSignatureProperties><xades:SigningTime>([0-9TZ:-]+)</xades:SigningTime>"
properties+="<xades:SigningCertificateV2><xades:Cert><xades:CertDigest>"
properties+="<ds:DigestMethod xmlns:ds=\"$ds\" Algorithm=\"$hash\"></ds:DigestMethod>"
properties+="<ds:DigestValue xmlns:ds=\"$ds\">$b64</ds:DigestValue></xades:CertDigest></xades:Cert>"
properties+="</xades:SigningCertificateV2></xades:SignedSignatureProperties>"
properties+="<xades:SignedDataObjectProperties>"
properties+="<xades:DataObjectFormat ObjectReference=\"#seal-ledger\">"
properties+="<xades:MimeType>application/xml</xades:MimeType></xades:DataObjectFormat>"
properties+="<xades:CommitmentTypeIndication><xades:CommitmentTypeId><xades:Identifier>"
properties+="http://uri.etsi.org/01903/v1.2.2#ProofOfOrigin</xades:Identifier>"
properties+="</xades:CommitmentTypeId><xades:AllSignedDataObjects></xades:AllSignedDataObjects>"
properties+="</xades:CommitmentTypeIndication></xades:SignedDataObjectProperties>"
properties+="</xades:SignedProperties>"

form="^<ds:Signature xmlns:ds=\"$ds\" Id=\"seal\">($info)"
form+="<ds:SignatureValue xmlns:ds=\"$ds\" Id=\"seal-value\">$b64</ds:SignatureValue>"
form+="<ds:KeyInfo><ds:X509Data>(($cert){1,4})</ds:X509Data></ds:KeyInfo><ds:Object>"
form+="<xades:QualifyingProperties xmlns:xades=\"$xades\" Target=\"#seal\">($properties)"
form+="</xades:QualifyingProperties></ds:Object></ds:Signature></ledger>$"
form=${form//./\\.} # every full stop above is literal

[[ $seal =~ $form ]] || refuse "the last line is not a seal of the one form"
signed_info=${BASH_REMATCH[1]} method=${BASH_REMATCH[2]}
content_digest=${BASH_REMATCH[3]} properties_digest=${BASH_REMATCH[4]} value=${BASH_REMATCH[5]}
certificates=${BASH_REMATCH[6]} signed_properties=${BASH_REMATCH[8]}
signing_time=${BASH_REMATCH[9]} certificate_digest=${BASH_REMATCH[10]}

# ---- 3. The certificates: path, dates, use, owner ----

decode() { # canonical base64 only
    printf '%s' "$1" | base64 -d > "$2" 2> "$work/error" && [ "$(base64 -w 0 < "$2")" = "$1" ]
}
count=0
while IFS= read -r one; do
    count=$((count + 1))
    decode "$one" "$work/$count.der" || refuse "a certificate is not canonical base64"
    openssl x509 -inform DER -in "$work/$count.der" -outform DER 2> "$work/error" |
        cmp -s - "$work/$count.der" || refuse "a certificate cannot be read, or bytes follow it"
    { echo '-----BEGIN CERTIFICATE-----'; base64 -w 64 < "$work/$count.der"
        echo '-----END CERTIFICATE-----'; } > "$work/$count.pem"
    [ "$count" -eq 1 ] || cat "$work/$count.pem" >> "$work/others.pem"
    if [ "$count" -gt 1 ]; then
        openssl verify -partial_chain -no_check_time -trusted "$work/$count.pem" \
            "$work/$((count - 1)).pem" > "$work/error" 2>&1 ||
            refuse "a certificate did not issue the one before it"
    fi
done < <(printf '%s\n' "$certificates" | sed 's/<[^>]*>/\n/g' | grep .)

options=(-x509_strict -verify_depth 4 -auth_level 2 -attime "$now" -no-CApath -no-CAstore -CAfile "$roots")
[ "$count" -eq 1 ] || options+=(-untrusted "$work/others.pem")
openssl verify "${options[@]}" "$work/1.pem" > "$work/verify" 2>&1 ||
    refuse "the certificate is not trusted: $(grep -m 1 '^error' "$work/verify")"

openssl x509 -in "$work/1.pem" -noout -subject -nameopt multiline,utf8 -startdate -enddate -pubkey \
    -ext keyUsage,extendedKeyUsage,basicConstraints > "$work/facts" 2> "$work/error"
under() { sed -n "/^X509v3 $1:/{n;p}" "$work/facts"; }   # the line below a heading
after() { sed -n "s/^ *$1 *= *//p; s/^$1=//p" "$work/facts"; } # the value of a name
under 'Key Usage' | grep -qE 'Digital Signature|Non Repudiation' || refuse "key usage is not to sign"
[ -z "$(under 'Extended Key Usage')" ] || refuse "the certificate is for another use"
[[ "$(under 'Basic Constraints')" != *CA:TRUE* ]] || refuse "the certificate is an authority's"
found=$(after organizationIdentifier)
[ "$found" = "$signer" ] || refuse "sealed by $found, not by $signer"
[ "$(sha256 < "$work/1.der")" = "$certificate_digest" ] ||
    refuse "the certificate is not the one that the signer named"

signed=$(seconds "$signing_time") || refuse "the signing time is not a time"
from=$(date -u -d "$(after notBefore)" +%s)
to=$(date -u -d "$(after notAfter)" +%s)
[ "$signed" -ge "$from" ] && [ "$signed" -le "$to" ] ||
    refuse "the signing time $signing_time is outside the certificate's validity"
[ "$signed" -le $((now + 300)) ] || refuse "the signing time $signing_time is later than the check"

# ---- 4. The signature over SignedInfo ----

decode "$value" "$work/value" || refuse "the signature value is not canonical base64"
sed -n '/-----BEGIN PUBLIC KEY-----/,/-----END PUBLIC KEY-----/p' "$work/facts" > "$work/public.pem"
key=$(openssl pkey -pubin -in "$work/public.pem" -noout -text 2> "$work/error")
bits=$(sed -n 's/^.*Public-Key: (\([0-9]*\) bit).*/\1/p' <<< "$key")
if [ "$method" = ecdsa ]; then
    [[ $key == *'ASN1 OID: prime256v1'* ]] || refuse "the key is not ECDSA on P-256"
    raw=$(od -An -v -tx1 < "$work/value" | tr -d ' \n')
    [ ${#raw} -eq 128 ] || refuse "the signature value is not r and s of 32 bytes"
    half=7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8
    [[ ! ${raw:64} > $half ]] || refuse "the signature value is the mirrored one"
    printf 'asn1=SEQUENCE:pair\n[pair]\nr=INTEGER:0x%s\ns=INTEGER:0x%s\n' \
        "${raw:0:64}" "${raw:64}" > "$work/pair"
    openssl asn1parse -genconf "$work/pair" -noout -out "$work/signature" 2> "$work/error" ||
        refuse "the signature value is not a pair of numbers"
else
    [[ $key == *'Modulus:'* ]] || refuse "the key is not RSA"
    [ "$bits" -ge 3000 ] && [ "$bits" -le 8192 ] || refuse "the RSA key has $bits bits"
    cp "$work/value" "$work/signature"
fi
printf '%s' "$signed_info" |
    openssl dgst -sha256 -verify "$work/public.pem" -signature "$work/signature" > "$work/error" 2>&1 ||
    refuse "the signature was not made by this certificate's key over this text"

# ---- 5. The two digests that were signed ----

[ "$(printf '%s' "$signed_properties" | sha256)" = "$properties_digest" ] ||
    refuse "signing time or certificate were changed after signing"
[ "$({ content; printf '</ledger>'; } | sha256)" = "$content_digest" ] ||
    refuse "the ledger was changed after it was sealed"

printf 'VALID: sealed by %s at %s\n' "$signer" "$signing_time"
printf 'sha256 of the ledger: %s\n' "$(printf '%s' "$content_digest" | base64 -d | od -An -v -tx1 | tr -d ' \n')"
