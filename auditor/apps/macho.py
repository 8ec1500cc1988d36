"""Reads Apple's machine code by LIEF: what it imports, and where its signature lies.

Source: https://developer.apple.com/documentation/kernel/mach_header_64
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import lief

from auditor.errors import PackageError

MAGICS = frozenset(bytes.fromhex(each) for each in ("cffaedfe", "cefaedfe", "cafebabe", "cafebabf"))
_MOST_SYMBOLS = 2_000_000
_MOST_SLICES = 16

lief.logging.disable()


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """Code for one kind of processor.

    Attributes:
        encrypted: the store encrypted it; only a phone can read it.
        symbols: names that it defines or imports.
        libraries: what it loads when it starts.
        content: the bytes of the slice.
        signature: its embedded signature; b'' for none.
    """

    encrypted: bool
    symbols: frozenset[str]
    libraries: tuple[str, ...]
    content: bytes
    signature: bytes


def read_macho(data: bytes, name: str) -> list[Slice]:
    """Return the slices of a file.

    Raises:
        PackageError: it is malformed.
    """
    config = lief.MachO.ParserConfig.quick
    config.parse_dyld_bindings = False
    parsed = lief.MachO.parse(io.BytesIO(data), config)
    if parsed is None or not 0 < parsed.size <= _MOST_SLICES:
        raise PackageError(f"{name!a} is malformed machine code")
    try:
        return [_slice(each, data, name) for each in parsed]
    except UnicodeDecodeError as error:
        raise PackageError(f"{name!a} names a library in no known letters") from error


def _slice(binary: Any, data: bytes, name: str) -> Slice:
    start = binary.fat_offset
    content = data[start:] if start else data
    signature = b""
    if binary.has_code_signature:
        command = binary.code_signature
        end = command.data_offset + command.data_size
        if end > len(content):
            raise PackageError(f"the signature of {name!a} lies outside of it")
        signature = content[command.data_offset : end]
    return Slice(
        encrypted=binary.has_encryption_info and binary.encryption_info.crypt_id != 0,
        symbols=frozenset(_names(binary)),
        libraries=tuple(each.name for each in binary.libraries),
        content=content,
        signature=signature,
    )


def _names(binary: Any) -> Iterator[str]:
    for count, each in enumerate(binary.symbols):
        if count >= _MOST_SYMBOLS:
            raise PackageError("its machine code has more symbols than are read")
        try:
            yield each.name
        except UnicodeDecodeError:
            continue  # not one of the system's
