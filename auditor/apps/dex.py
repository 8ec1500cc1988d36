"""Reads Android byte code: which classes it defines, which methods it calls, which strings it has.

LIEF reads the tables. The strings are taken from the bytes themselves: Java writes them in an
encoding of its own, which is no UTF-8 wherever a character lies beyond the first plane.

Source: https://source.android.com/docs/core/runtime/dex-format
"""

import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import lief

from auditor.errors import PackageError

_HEADER = 0x70
_STRINGS, _METHODS, _CLASSES = 0x38, 0x58, 0x60
_LONGEST = 100_000  # bytes of one string; longer ones are cut
_LONGEST_LENGTH = 5  # bytes of the number before a string

lief.logging.disable()


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One file of byte code.

    Attributes:
        classes: dotted names of the classes that it defines.
        calls: dotted class and name of each method that it refers to.
        strings: all its strings, with a NUL after each.
    """

    classes: frozenset[str]
    calls: frozenset[tuple[str, str]]
    strings: bytes


def read_dex(data: bytes, name: str) -> Code:
    """Read one file of byte code.

    Raises:
        PackageError: it is malformed, or LIEF finds less than its header claims.
    """
    if len(data) < _HEADER or not data.startswith(b"dex\n"):
        raise PackageError(f"{name!a} is no byte code")
    parsed = lief.DEX.parse(bytearray(data))
    if parsed is None:
        raise PackageError(f"{name!a} is malformed byte code")
    (methods,) = struct.unpack_from("<I", data, _METHODS)
    (classes,) = struct.unpack_from("<I", data, _CLASSES)
    # Methods of arrays belong to no class.
    owned = (each for each in parsed.methods if each.has_class)
    calls = list(_readable(owned, lambda each: (_dotted(each.cls.fullname), each.name)))
    defined = _readable(parsed.classes, _defined)
    named = frozenset(each for each in defined if each)
    if len(parsed.methods) != methods or len(named) > classes:
        raise PackageError(f"the tables of {name!a} are not what its header says")
    return Code(classes=named, calls=frozenset(calls), strings=b"\0".join(_strings(data, name)))


def _defined(class_: Any) -> str:
    """Return the dotted name of a class, '' for one that is only referred to."""
    external = class_.index >= 0xFFFFFFFF  # noqa: PLR2004  LIEF's mark
    return "" if external else _dotted(class_.fullname)


def _readable(several: Iterable[Any], read: Callable[[Any], Any]) -> Iterator[Any]:
    """Yield what can be read; a name that is no text cannot be one of the framework's."""
    for each in several:
        try:
            yield read(each)
        except UnicodeDecodeError:
            continue


def _dotted(descriptor: str) -> str:
    return descriptor.lstrip("[").removeprefix("L").removesuffix(";").replace("/", ".")


def _strings(data: bytes, name: str) -> Iterator[bytes]:
    count, start = struct.unpack_from("<II", data, _STRINGS)
    if start + 4 * count > len(data):
        raise PackageError(f"the strings of {name!a} lie outside of it")
    total = 0
    for offset in struct.unpack_from(f"<{count}I", data, start):
        begin = offset
        while begin - offset < _LONGEST_LENGTH and begin < len(data) and data[begin] >= 0x80:  # noqa: PLR2004
            begin += 1
        end = data.find(b"\0", begin + 1, begin + 1 + _LONGEST)
        if begin >= len(data):
            raise PackageError(f"a string of {name!a} lies outside of it")
        text = data[begin + 1 : end if end >= 0 else begin + 1 + _LONGEST]
        total += len(text)
        if total > len(data):
            raise PackageError(f"the strings of {name!a} overlap")
        yield text
    yield b""
