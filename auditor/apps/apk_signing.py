"""Checks the signature schemes 2 and 3 of Android packages, over every byte of the file.

A block before the directory holds, per scheme, signers with digests of the rest of the file. It
must be by the key of the first certificate, the digests must be right, and what says that a newer
scheme was there must find it (otherwise somebody has stripped it).

Sources: https://source.android.com/docs/security/features/apksigning/v2 and …/v3
"""

import hashlib
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditor.apps.archive import CHUNK, Archive
from auditor.apps.public_keys import encoded_key, fingerprint, key_from, key_of, signature_holds
from auditor.apps.signing import Signature
from auditor.errors import PackageError

MAGIC = b"APK Sig Block 42"
SCHEME_2, SCHEME_3, SCHEME_31 = 0x7109871A, 0xF05368C0, 0x1B93AD61
_STRIPPED = 0xBEEFF00D  # attribute of scheme 2: a newer scheme was there, too
_FOOTER = 24
_MOST_BLOCK = 64 * 2**20
_END_DIRECTORY = 16  # where the end record says where the directory starts
# Algorithm -> digest of the contents, digest that is signed, whether RSA-PSS is used.
_ALGORITHMS = {
    0x0101: ("sha256", "sha256", True),
    0x0102: ("sha512", "sha512", True),
    0x0103: ("sha256", "sha256", False),
    0x0104: ("sha512", "sha512", False),
    0x0201: ("sha256", "sha256", False),
    0x0202: ("sha512", "sha512", False),
    0x0301: ("sha256", "sha256", False),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The signing block of a package.

    Attributes:
        start: where it starts; the entries end there.
        schemes: signers by the number of the scheme.
    """

    start: int
    schemes: Mapping[int, bytes]


def find_block(archive: Archive) -> Block | None:
    """Return the signing block, None if there is none.

    Raises:
        PackageError: it is malformed.
    """
    data, end = archive.data, archive.directory
    if end < _FOOTER + 8 or bytes(data[end - 16 : end]) != MAGIC:
        return None
    (size,) = struct.unpack_from("<Q", data, end - _FOOTER)
    start = end - size - 8
    if size < _FOOTER or size > _MOST_BLOCK or start < 0:
        raise PackageError("its signing block has an impossible size")
    if struct.unpack_from("<Q", data, start)[0] != size:
        raise PackageError("the two sizes of its signing block differ")
    if any(entry.start + entry.packed > start for entry in archive.entries.values()):
        raise PackageError("an entry reaches into its signing block")
    return Block(start=start, schemes=dict(_pairs(bytes(data[start + 8 : end - _FOOTER]))))


def _pairs(data: bytes) -> Iterator[tuple[int, bytes]]:
    position, seen = 0, set()
    while position + 12 <= len(data):
        size, id_ = struct.unpack_from("<QI", data, position)
        end = position + 8 + size
        if size < 4 or end > len(data) or id_ in seen:  # noqa: PLR2004  the number itself
            raise PackageError("its signing block is malformed")
        seen.add(id_)
        yield id_, data[position + 12 : end]
        position = end


def check_block(archive: Archive, block: Block) -> list[Signature]:
    """Return what each scheme of a block says; none if it holds no scheme that we know.

    Raises:
        PackageError: it is malformed.
    """
    digests = _Digests(archive, block)
    try:
        return [
            signature
            for scheme in (SCHEME_2, SCHEME_3, SCHEME_31)
            if scheme in block.schemes
            for signature in _check_scheme(scheme, block, digests)
        ]
    except struct.error as error:
        raise PackageError(f"its signing block is cut short: {error}") from error


def _check_scheme(scheme: int, block: Block, digests: "_Digests") -> Iterator[Signature]:
    (whole,) = _parts(block.schemes[scheme], 1)
    signers = _sequence(whole)
    if not signers:
        yield Signature(certificates=(), holds=False, why=("a signing scheme has no signer",))
    for signer in signers:
        yield _check_signer(scheme, signer, block, digests)


def _check_signer(scheme: int, signer: bytes, block: Block, digests: "_Digests") -> Signature:
    (signed,) = _parts(signer, 1)
    between = 4 + len(signed) + (0 if scheme == SCHEME_2 else 8)  # versions of Android
    signatures, key = _parts(signer[between:], 2)
    stated, certificates = _parts(signed, 2)
    several = _sequence(certificates)
    if not several:
        return Signature(certificates=(), holds=False, why=("a signer has no certificate",))
    why = list(_faults(signed, signatures, key, stated, several[0], digests))
    rest = signed[8 + len(stated) + len(certificates) :]
    if scheme == SCHEME_2:
        (attributes,) = _parts(rest, 1) if len(rest) >= 4 else (b"",)  # noqa: PLR2004
        why += _stripped(attributes, block)
    unknown = [each for each in why if each.startswith("unknown")]
    return Signature(
        certificates=(fingerprint(several[0]),),
        holds=True if not why else None if len(unknown) == len(why) else False,
        why=tuple(why),
    )


def _faults(
    signed: bytes,
    signatures: bytes,
    key: bytes,
    stated: bytes,
    certificate: bytes,
    digests: "_Digests",
) -> Iterator[str]:
    """Yield why a signer is not to be believed; what is only unknown says so first."""
    given = {_number(each): _parts(each[4:], 1)[0] for each in _sequence(signatures)}
    told = {_number(each): _parts(each[4:], 1)[0] for each in _sequence(stated)}
    if list(given) != list(told):
        yield "its digests and its signatures are by different algorithms"
    public = key_from(key)
    if encoded_key(key_of(certificate)) != encoded_key(public):
        yield "the key that signed is not that of the certificate"
    known = [each for each in given if each in _ALGORITHMS]
    if not known:
        yield "unknown: signed by algorithms that are not checked"
    for each in known:
        content, digest, pss = _ALGORITHMS[each]
        if not signature_holds(public, given[each], signed, digest, pss=pss):
            yield "a signature is not by its key"
        if told.get(each) != digests.of(content):
            yield "the package was changed after it was signed"


def _stripped(attributes: bytes, block: Block) -> Iterator[str]:
    for each in _sequence(attributes):
        if _number(each) == _STRIPPED and not {SCHEME_3, SCHEME_31} & set(block.schemes):
            yield "a newer signature that it had was taken away"


class _Digests:
    """Digests of everything but the signing block, each made once."""

    def __init__(self, archive: Archive, block: Block) -> None:
        self._archive, self._block = archive, block
        self._made: dict[str, bytes] = {}

    def of(self, name: str) -> bytes:
        """Return the digest of all parts' digests."""
        if name not in self._made:
            parts = [hashlib.new(name, self._head(part) + part).digest() for part in self._parts()]
            whole = b"\x5a" + struct.pack("<I", len(parts)) + b"".join(parts)
            self._made[name] = hashlib.new(name, whole).digest()
        return self._made[name]

    @staticmethod
    def _head(part: bytes) -> bytes:
        return b"\xa5" + struct.pack("<I", len(part))

    def _parts(self) -> Iterator[bytes]:
        data, archive = self._archive.data, self._archive
        for start, end in ((0, self._block.start), (archive.directory, archive.end)):
            for at in range(start, end, CHUNK):
                yield bytes(data[at : min(at + CHUNK, end)])
        last = bytearray(data[archive.end :])
        # The file as it was before the block was put in.
        struct.pack_into("<I", last, _END_DIRECTORY, self._block.start)
        yield bytes(last)


def _parts(data: bytes, count: int) -> list[bytes]:
    """Return the first parts of some bytes, each with its length before it."""
    found, position = [], 0
    for _ in range(count):
        (size,) = struct.unpack_from("<I", data, position)
        if position + 4 + size > len(data):
            raise PackageError("its signing block is cut short")
        found.append(data[position + 4 : position + 4 + size])
        position += 4 + size
    return found


def _sequence(data: bytes) -> list[bytes]:
    found, position = [], 0
    while position < len(data):
        (part,) = _parts(data[position:], 1)
        found.append(part)
        position += 4 + len(part)
    return found


def _number(data: bytes) -> int:
    (number,) = struct.unpack_from("<I", data, 0)
    return int(number)
