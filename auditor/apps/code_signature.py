"""Checks the signature in Apple's machine code, over the code and what else it covers.

A directory holds the digest of every page of the code, of the bundle's Info.plist, of its list of
resources and of the entitlements; a CMS signs the directory.

Source: https://github.com/apple-oss-distributions/xnu, osfmk/kern/cs_blobs.h
"""

import hashlib
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditor.apps.cms import read_signers
from auditor.apps.macho import Slice
from auditor.apps.public_keys import fingerprint
from auditor.apps.signing import UNSIGNED, Signature
from auditor.errors import PackageError

_SUPER, _DIRECTORY, _CMS = 0xFADE0CC0, 0xFADE0C02, 0xFADE0B01
_SLOT_DIRECTORY, _SLOT_ENTITLEMENTS, _SLOT_CMS = 0, 5, 0x10000
_FIRST_ALTERNATE, _AFTER_ALTERNATES = 0x1000, 0x1005
INFO, REQUIREMENTS, RESOURCES, ENTITLEMENTS, DER_ENTITLEMENTS = 1, 2, 3, 5, 7
_EMBEDDED = (REQUIREMENTS, ENTITLEMENTS, DER_ENTITLEMENTS)
_HEAD = struct.Struct(">IIIIIIIIIBBBBI")
_ALGORITHMS = {1: ("sha1", 20), 2: ("sha256", 32), 3: ("sha256", 20), 4: ("sha384", 48)}
_WEAK = 1
_MOST_BLOBS = 64
_WIDE_LIMIT = 0x20300  # version from which a limit of 64 bits follows
_WIDE_LIMIT_AT = 56


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeSignature:
    """The parts of an embedded signature, by slot."""

    blobs: Mapping[int, bytes]

    @property
    def entitlements(self) -> bytes:
        """The property list of entitlements, b'' if there is none."""
        return self.blobs.get(_SLOT_ENTITLEMENTS, b"")[8:]

    @property
    def der_entitlements(self) -> bytes:
        """The same in binary, as newer systems read them; b'' if there is none."""
        return self.blobs.get(DER_ENTITLEMENTS, b"")[8:]


def read_code_signature(encoded: bytes) -> CodeSignature:
    """Return the parts of an embedded signature; none where its room is empty.

    Raises:
        PackageError: it is malformed.
    """
    try:
        return CodeSignature(blobs=dict(_blobs(encoded)) if encoded.strip(b"\0") else {})
    except struct.error as error:
        raise PackageError(f"its code signature is cut short: {error}") from error


def _blobs(encoded: bytes) -> Iterator[tuple[int, bytes]]:
    magic, size, count = struct.unpack_from(">III", encoded)
    if magic != _SUPER or size > len(encoded) or count > _MOST_BLOBS:
        raise PackageError("its code signature is malformed")
    seen = set()
    for index in range(count):
        slot, offset = struct.unpack_from(">II", encoded, 12 + 8 * index)
        (length,) = struct.unpack_from(">I", encoded, offset + 4)
        if slot in seen or length < 8 or offset + length > size:  # noqa: PLR2004  a head
            raise PackageError("its code signature is malformed")
        seen.add(slot)
        yield slot, encoded[offset : offset + length]


def check_code(code: Slice, signature: CodeSignature, outside: Mapping[int, bytes]) -> Signature:
    """Return what a signature says about a slice and what it covers.

    Args:
        outside: content of the slots ``INFO`` and ``RESOURCES``.

    Raises:
        PackageError: it is malformed.
    """
    blobs = signature.blobs
    primary = blobs.get(_SLOT_DIRECTORY)
    if primary is None:
        return UNSIGNED
    encoded = blobs.get(_SLOT_CMS, b"")[8:]
    signers = read_signers(encoded, primary) if encoded else []
    if not signers:
        return Signature(certificates=(), holds=False, why=("it is signed by nobody",))
    prints = tuple(sorted({fingerprint(each.certificate) for each in signers}))
    if code.encrypted:
        encrypted = ("the store encrypted it: what was signed can be read on phones only",)
        return Signature(certificates=prints, holds=None, why=encrypted)
    alternates = [
        blobs[each] for each in range(_FIRST_ALTERNATE, _AFTER_ALTERNATES) if each in blobs
    ]
    held = {slot: blobs[slot] for slot in _EMBEDDED if slot in blobs} | dict(outside)
    try:
        why = tuple(
            fault for each in (primary, *alternates) for fault in _faults(each, code.content, held)
        )
        weak = _HEAD.unpack_from(primary)[10] == _WEAK
    except struct.error as error:
        raise PackageError(f"its code signature is cut short: {error}") from error
    if not all(each.holds for each in signers):
        why += ("a signature is not by its key",)
    if not why and weak:
        return Signature(certificates=prints, holds=None, why=("it rests on SHA-1",))
    return Signature(certificates=prints, holds=not why, why=why)


def _faults(directory: bytes, code: bytes, held: Mapping[int, bytes]) -> Iterator[str]:
    """Yield what a directory does not fit."""
    magic, size, version, _, start, _, specials, pages, limit, width, kind, _, shift, _ = (
        _HEAD.unpack_from(directory)
    )
    algorithm, expected = _ALGORITHMS.get(kind, ("", 0))
    if version >= _WIDE_LIMIT:
        (wide,) = struct.unpack_from(">Q", directory, _WIDE_LIMIT_AT)
        limit = wide or limit
    page = 1 << shift if shift else max(limit, 1)
    complete = (
        magic == _DIRECTORY
        and size == len(directory)
        and width == expected
        and start - specials * width >= 0
        and start + pages * width <= size
        and pages == -(-limit // page)
        and limit <= len(code)
    )
    if not algorithm or not complete:
        raise PackageError("the directory of its code signature is malformed")
    for slot, content in held.items():
        at = start - slot * width
        digest = directory[at : at + width] if slot <= specials else b""
        if digest != hashlib.new(algorithm, content).digest()[:width]:
            yield f"what it signs in slot {slot} was changed, or is not signed"
    for index in range(pages):
        content = code[index * page : min((index + 1) * page, limit)]
        at = start + index * width
        if hashlib.new(algorithm, content).digest()[:width] != directory[at : at + width]:
            yield "its code was changed after it was signed"
            return
