"""Writes Apple's machine code that imports names and holds strings, and signs it.

Sources: https://developer.apple.com/documentation/kernel/mach_header_64 and
https://github.com/apple-oss-distributions/xnu, osfmk/kern/cs_blobs.h
"""

import hashlib
import struct
from collections.abc import Mapping, Sequence

from auditor.apps.code_signature import ENTITLEMENTS, REQUIREMENTS
from auditor.demo.apps.keys import AppSigner
from auditor.demo.apps.messages import detached_message

_HEADER = 32
_STRINGS_AT, _PAGE, _SLOTS = 0x1000, 4096, 5
_ROOM = 16384  # bytes kept for a signature
_ARM64, _EXECUTABLE = 0x0100000C, 2
_SEGMENT, _SYMBOLS, _DYLIB, _SIGNATURE, _ENCRYPTION = 0x19, 0x2, 0xC, 0x1D, 0x2C


def machine_code(
    *,
    symbols: Sequence[str] = (),
    strings: Sequence[str] = (),
    libraries: Sequence[str] = (),
    encrypted: bool = False,
) -> bytes:
    """Return code that is not signed yet; the room for its signature is at its end."""
    text = b"".join(each.encode() + b"\0" for each in strings).ljust(16, b"\0")
    text += bytes(-len(text) % 8)
    names = b" \0" + b"".join(each.encode() + b"\0" for each in symbols)
    table = _STRINGS_AT + len(text)
    entries, at = b"", 2
    for each in symbols:
        entries += struct.pack("<IBBHQ", at, 1, 0, 0, 0)
        at += len(each) + 1
    rest = entries + names
    rest += bytes(-(table + len(rest)) % 16)
    signature = table + len(rest)
    commands = [
        _segment(b"__TEXT", 0, table),
        _segment(b"__LINKEDIT", table, len(rest) + _ROOM),
        *(_dylib(each) for each in libraries),
        struct.pack("<IIIIII", _SYMBOLS, 24, table, len(symbols), table + len(entries), len(names)),
        struct.pack("<IIIIII", _ENCRYPTION, 24, _STRINGS_AT, len(text), int(encrypted), 0),
        struct.pack("<IIII", _SIGNATURE, 16, signature, _ROOM),
    ]
    body = b"".join(commands)
    head = struct.pack(
        "<IIIIIIII", 0xFEEDFACF, _ARM64, 0, _EXECUTABLE, len(commands), len(body), 0, 0
    )
    return (head + body).ljust(_STRINGS_AT, b"\0") + text + rest + bytes(_ROOM)


def sign_code(
    code: bytes,
    signer: AppSigner,
    *,
    name: str,
    entitlements: bytes,
    outside: Mapping[int, bytes],
) -> bytes:
    """Return code with its signature in the room kept for it.

    Args:
        name: identifier of the app.
        entitlements: their property list.
        outside: content of the slots ``INFO`` and ``RESOURCES``.
    """
    limit = len(code) - _ROOM
    given = struct.pack(">II", 0xFADE7171, 8 + len(entitlements)) + entitlements
    required = struct.pack(">III", 0xFADE0C01, 12, 0)
    slots = {REQUIREMENTS: required, ENTITLEMENTS: given, **outside}
    directory = _directory(code[:limit], name, slots)
    message = detached_message(directory, signer)
    wrapped = struct.pack(">II", 0xFADE0B01, 8 + len(message)) + message
    blobs = {0: directory, REQUIREMENTS: required, ENTITLEMENTS: given, 0x10000: wrapped}
    offset = 12 + 8 * len(blobs)
    index, content = b"", b""
    for slot, blob in blobs.items():
        index += struct.pack(">II", slot, offset + len(content))
        content += blob
    whole = struct.pack(">III", 0xFADE0CC0, offset + len(content), len(blobs)) + index + content
    if len(whole) > _ROOM:
        raise ValueError("the signature does not fit into the room kept for it")
    return code[:limit] + whole.ljust(_ROOM, b"\0")


def _directory(code: bytes, name: str, slots: Mapping[int, bytes]) -> bytes:
    identifier = name.encode() + b"\0"
    ordered = [slots.get(slot, b"") for slot in range(_SLOTS, 0, -1)]
    specials = b"".join(hashlib.sha256(each).digest() if each else bytes(32) for each in ordered)
    pages = [code[at : at + _PAGE] for at in range(0, len(code), _PAGE)]
    start = 44 + len(identifier) + len(specials)
    digests = b"".join(hashlib.sha256(page).digest() for page in pages)
    head = struct.pack(
        ">IIIIIIIIIBBBBI",
        0xFADE0C02,
        start + len(digests),
        0x20001,
        0,
        start,
        44,
        _SLOTS,
        len(pages),
        len(code),
        32,
        2,
        0,
        12,
        0,
    )
    return head + identifier + specials + digests


def _segment(name: bytes, start: int, size: int) -> bytes:
    place = struct.pack("<QQQQ", start, -(-size // _PAGE) * _PAGE, start, size)
    return struct.pack("<II", _SEGMENT, 72) + name.ljust(16, b"\0") + place + bytes(16)


def _dylib(name: str) -> bytes:
    coded = name.encode() + b"\0"
    coded += bytes(-len(coded) % 8)
    return struct.pack("<IIIIII", _DYLIB, 24 + len(coded), 24, 0, 0x10000, 0x10000) + coded
