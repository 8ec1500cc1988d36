"""Checks the signature of JAR files: app bundles have it, and packages for old versions of Android.

A signature file names the digest of the manifest, and the manifest that of every entry. An entry
that the manifest does not name is not signed, so the package as a whole is not, either.

Source: https://docs.oracle.com/en/java/javase/21/docs/specs/jar/jar.html#signed-jar-file
"""

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping

from auditor.apps.archive import Archive
from auditor.apps.cms import Signed, read_signers
from auditor.apps.public_keys import fingerprint
from auditor.apps.signing import Signature
from auditor.errors import PackageError

MANIFEST = "META-INF/MANIFEST.MF"
_SIGNATURE_FILE = re.compile(r"META-INF/([^/]+)\.SF", re.IGNORECASE)
_BLOCK = re.compile(r"META-INF/[^/]+\.(RSA|DSA|EC)", re.IGNORECASE)
_MOST_TEXT = 64 * 2**20
_STRONG = {"SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}
_NEWER = "X-Android-APK-Signed"

Section = Mapping[str, str]


def is_signature(name: str) -> bool:
    """Whether an entry is part of the signature, and so not covered by it."""
    return name == MANIFEST or bool(_SIGNATURE_FILE.fullmatch(name) or _BLOCK.fullmatch(name))


def check_jar(archive: Archive, *, newer: bool) -> list[Signature]:
    """Return what each signature file of an archive says.

    Args:
        newer: the package has a newer signature, too, so that one is not missed.

    Raises:
        PackageError: it is malformed.
    """
    names = [name for name in archive.entries if _SIGNATURE_FILE.fullmatch(name)]
    if not names or MANIFEST not in archive.entries:
        return []
    manifest = archive.read(MANIFEST, _MOST_TEXT)
    entries = list(_entry_faults(archive, _sections(manifest)[1]))
    if archive.data[:4] != b"PK\3\4":  # a phone may run what stands there as code
        entries.append("bytes that nothing signs stand before its first entry")
    return [_check_file(archive, name, manifest, entries, newer=newer) for name in sorted(names)]


def _check_file(
    archive: Archive, name: str, manifest: bytes, entries: list[str], *, newer: bool
) -> Signature:
    text = archive.read(name, _MOST_TEXT)
    signers = _signers_of(archive, name, text)
    main, _ = _sections(text)
    why = list(entries)
    if not signers:
        why.append("a signature file is not signed")
    if not all(each.holds for each in signers):
        why.append("a signature is not by its key")
    if any(each.weak for each in signers):
        why.append("a signature rests on SHA-1")
    if not _digest_holds(main, "-Digest-Manifest", manifest):
        why.append("its manifest was changed after it was signed")
    if _NEWER in main and not newer:
        why.append("a newer signature that it had was taken away")
    prints = {fingerprint(each.certificate) for each in signers}
    return Signature(certificates=tuple(sorted(prints)), holds=not why, why=tuple(why))


def _signers_of(archive: Archive, name: str, text: bytes) -> list[Signed]:
    stem = name.removesuffix(name[-3:]).casefold()
    blocks = [
        each
        for each in archive.entries
        if _BLOCK.fullmatch(each) and each.rpartition(".")[0].casefold() == stem
    ]
    return [
        signer
        for each in sorted(blocks)
        for signer in read_signers(archive.read(each, _MOST_TEXT), text)
    ]


def _entry_faults(archive: Archive, sections: Mapping[str, Section]) -> Iterator[str]:
    """Yield why entries are not what a manifest says; each reason once."""
    for name in archive.entries:
        if is_signature(name):
            continue
        if name not in sections:
            yield f"the entry {name!a} is not signed"
            return
        wanted = _strongest(sections[name], "-Digest")
        if wanted is None:
            yield f"the digest of the entry {name!a} is too weak, or missing"
            return
        algorithm, digest = wanted
        made = hashlib.new(algorithm)
        for part in archive.chunks(name):
            made.update(part)
        if made.digest() != digest:
            yield f"the entry {name!a} was changed after it was signed"
            return


def _digest_holds(section: Section, ending: str, content: bytes) -> bool:
    wanted = _strongest(section, ending)
    return wanted is not None and hashlib.new(wanted[0], content).digest() == wanted[1]


def _strongest(section: Section, ending: str) -> tuple[str, bytes] | None:
    for name in ("SHA-512", "SHA-384", "SHA-256"):
        coded = section.get(name + ending)
        if coded is not None:
            try:
                return _STRONG[name], base64.b64decode(coded, validate=True)
            except ValueError:
                return None
    return None


def _sections(data: bytes) -> tuple[Section, Mapping[str, Section]]:
    """Return the main section of a manifest, and the others by the entry that they are about.

    Raises:
        PackageError: it is malformed, or speaks of an entry twice.
    """
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    unfolded = lines.replace(b"\n ", b"").decode("utf-8", "replace")  # a fold may part a character
    blocks = [_block(part) for part in re.split(r"\n{2,}", unfolded) if part.strip("\n")]
    named: dict[str, Section] = {}
    for block in blocks[1:]:
        name = block.get("Name", "")
        if not name or name in named:
            raise PackageError("its manifest of signed entries is malformed")
        named[name] = block
    return blocks[0] if blocks else {}, named


def _block(text: str) -> Section:
    found: dict[str, str] = {}
    for line in text.strip("\n").split("\n"):
        name, colon, value = line.partition(": ")
        if not colon or name in found:
            raise PackageError("its manifest of signed entries is malformed")
        found[name] = value
    return found
