"""Writes archives with the same bytes in every run, and signs those for Android."""

import hashlib
import io
import struct
import zipfile
from collections.abc import Mapping

from auditor.apps.apk_signing import MAGIC, SCHEME_2
from auditor.apps.public_keys import encoded_key
from auditor.demo.apps.keys import AppSigner

_PART = 2**20
_ECDSA_SHA256 = 0x0201
_MOMENT = (2026, 1, 1, 0, 0, 0)
_END, _END_DIRECTORY = 22, 16


def archive_of(files: Mapping[str, bytes]) -> bytes:
    """Return an archive of files, in their order and unpacked: packers differ between machines."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, content)
    return written.getvalue()


def sign_apk(package: bytes, signer: AppSigner) -> bytes:
    """Return a package with a signature of scheme 2.

    Source: https://source.android.com/docs/security/features/apksigning/v2
    """
    end = len(package) - _END
    (directory,) = struct.unpack_from("<I", package, end + _END_DIRECTORY)
    parts = (package[:directory], package[directory:end], package[end:])
    digest = struct.pack("<I", _ECDSA_SHA256) + _sized(_content_digest(parts))
    signed = _sized(_sized(digest)) + _sized(_sized(signer.encoded)) + _sized(b"")
    signature = struct.pack("<I", _ECDSA_SHA256) + _sized(signer.sign(signed))
    one = _sized(signed) + _sized(_sized(signature)) + _sized(encoded_key(signer.key.public_key()))
    block = signing_block({SCHEME_2: _sized(_sized(one))})
    last = bytearray(parts[2])
    struct.pack_into("<I", last, _END_DIRECTORY, directory + len(block))
    return parts[0] + block + parts[1] + bytes(last)


def signing_block(schemes: Mapping[int, bytes]) -> bytes:
    """Return the block that stands before an archive's directory."""
    pairs = b"".join(
        struct.pack("<QI", 4 + len(value), number) + value for number, value in schemes.items()
    )
    size = struct.pack("<Q", len(pairs) + 24)
    return size + pairs + size + MAGIC


def _content_digest(parts: tuple[bytes, ...]) -> bytes:
    digests = [
        hashlib.sha256(b"\xa5" + struct.pack("<I", len(piece)) + piece).digest()
        for part in parts
        for start in range(0, len(part), _PART)
        for piece in [part[start : start + _PART]]
    ]
    return hashlib.sha256(b"\x5a" + struct.pack("<I", len(digests)) + b"".join(digests)).digest()


def _sized(content: bytes) -> bytes:
    return struct.pack("<I", len(content)) + content
