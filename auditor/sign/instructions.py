"""Writes VERIFY.txt: how to check a bundle with tools that are not ours."""

import textwrap

from cryptography.hazmat.primitives.hashes import SHA256

from auditor.envelope import files
from auditor.sign.keys import SigningKey

_INTRODUCTION = """\
HOW TO CHECK THIS BUNDLE WITHOUT TRUSTING WHO SENT IT

You need a POSIX shell, openssl 3 and the coreutils; for the PDF also pdfsig (poppler-utils).
Nothing here needs a network. Run the lines that begin with "$", without that sign, in this
folder and in this order. Each must end without an error; where it should print something,
that is said. "auditor verify" makes the same checks and more.

"""

_OWN_ROOT = """\
0. Whom you trust. ROOT is a file with the certificate of the authority that issued the
   signer's certificate. Obtain it from that authority, not from whoever sent the bundle.

     $ test -r "$ROOT"

"""

_EPHEMERAL_ROOT = """\
0. Whom you trust. THIS BUNDLE WAS SIGNED WITH AN EPHEMERAL KEY, made for one run and thrown
   away. The checks can show that nothing changed since then. They cannot show who made it:
   anybody could have made another bundle like this one.

     $ ROOT=signer.pem; test -r "$ROOT"

"""

_FILES = """\
1. Every file is the one that was listed. Prints nothing.

     $ sha256sum --check --strict --quiet SHA256SUMS

2. No file was added. Prints nothing.

     $ W=$(mktemp -d)
     $ { cut -c67- SHA256SUMS; printf '%s\\n' {unlisted}; } | LC_ALL=C sort > "$W/listed"
     $ find . ! -type d | cut -c3- | LC_ALL=C sort | diff "$W/listed" -

3. The list is signed. Prints "CMS Verification successful".

     $ openssl cms -verify -binary -inform PEM -in SHA256SUMS.p7s -content SHA256SUMS \\
         -CAfile "$ROOT" -signer "$W/signer" -out /dev/null

   If the certificate has expired since, add: -attime SECONDS (since 1970, of the signing).

4. Who signed. Compare the SHA-256 fingerprint with the one that the signer gave you.

     $ openssl x509 -in signer.pem -noout -subject -issuer -dates -fingerprint -sha256
     $ openssl x509 -in signer.pem | diff - "$W/signer"

   The fingerprint when it was signed, for your notes only (a forger would change this line):
   {fingerprint}

5. The statement (in-toto, in a DSSE envelope) is signed by the same key. Prints "Verified OK".

     $ S=statement.dsse.json
     $ sed 's/^{"payload":"\\([^"]*\\)".*/\\1/' $S | openssl base64 -d -A > "$W/payload"
     $ sed 's/.*"sig":"\\([^"]*\\)".*/\\1/' $S | openssl base64 -d -A > "$W/sig"
     $ printf 'DSSEv1 28 application/vnd.in-toto+json %d ' $(wc -c < "$W/payload") > "$W/signed"
     $ cat "$W/payload" >> "$W/signed"
     $ openssl x509 -in signer.pem -pubkey -noout > "$W/key"
     $ openssl dgst -sha256 -verify "$W/key" -signature "$W/sig" "$W/signed"

"""

_REPORT = """\
6. The report is signed as a whole. Prints "Signature is Valid." and "Total document signed".

     $ pdfsig -nocert report.pdf | grep -x '  - Signature Validation: Signature is Valid.'
     $ pdfsig -nocert report.pdf | grep -x '  - Total document signed'

   PDF readers show the same, and name the signer; they may not know the issuing authority.

"""

_TIMESTAMPS = """\
7. When it was signed. TSA_ROOT is a file with the root certificate of the timestamp authority,
   obtained from it. Prints "Verification: OK", then the time.

     $ openssl ts -verify -in timestamps/statement.dsse.json.tsr \\
         -data statement.dsse.json -CAfile "$TSA_ROOT"
     $ openssl ts -reply -in timestamps/statement.dsse.json.tsr -text | grep 'Time stamp:'

"""

_NO_TIMESTAMPS = """\
7. When it was signed: no timestamp authority was asked, so only the signer says when.

"""

_EVIDENCE = """\
8. The evidence. Records are lines, counted from 0 over all segments. What the report calls
   E-000123 is therefore line 124: "zstd -dc evidence/*.jsonl.zst | sed -n 124p". All
   segments are covered by step 1. The Merkle root over all records, which lets one record be
   shown without the others, is in the statement; "auditor verify" recomputes it:
     leaf = SHA-256(0x00 || salt || line), joined as RFC 9162 section 2 says, and
     salt = first 16 bytes of SHA-256(master || index), where master is the 32 bytes that
     evidence/salt holds in hexadecimal, index counts lines from 0 over all segments in the order
     of their names, and is written as 8 bytes, most significant first.

What these checks do not show: that what the clouds answered was true, or that everything was
asked. The report says under coverage and limits what was not.
"""


def instructions(key: SigningKey, *, timestamped: bool, with_report: bool) -> str:
    """The text of VERIFY.txt. Each line that begins with ``$`` is run by our own tests."""
    fingerprint = key.certificate.fingerprint(SHA256()).hex(":").upper()
    parts = [
        _INTRODUCTION,
        _EPHEMERAL_ROOT if key.ephemeral else _OWN_ROOT,
        _FILES.replace("{unlisted}", " ".join(sorted(files.NOT_SUMMED))).replace(
            "{fingerprint}", textwrap.fill(fingerprint, 96, subsequent_indent="   ")
        ),
        _REPORT if with_report else "",
        _TIMESTAMPS if timestamped else _NO_TIMESTAMPS,
        _EVIDENCE,
    ]
    return "".join(parts)
