"""Looks up values in an Android package's ``resources.arsc``.

Source: frameworks/base/libs/androidfw/include/androidfw/ResourceTypes.h, ResTable_type
"""

import struct
from collections.abc import Iterator

from auditor.apps.binary_xml import chunks
from auditor.apps.element import Reference, Value
from auditor.apps.strings import StringPool
from auditor.errors import PackageError

_TABLE, _POOL, _PACKAGE, _TYPE = 0x0002, 0x0001, 0x0200, 0x0201
_SPARSE, _SHORT = 1, 2
_COMPLEX, _COMPACT = 1, 8
_NO_ENTRY, _NO_SHORT_ENTRY = 0xFFFFFFFF, 0xFFFF
_STRING, _BOOLEAN, _REFERENCES = 0x03, 0x12, (0x01, 0x07)
_DEEPEST = 8  # references to references
_SIGNED = 0x80000000


class Resources:
    """The resources of one package."""

    def __init__(self, data: bytes) -> None:
        """Find the tables; values are read when they are asked for.

        Raises:
            PackageError: it is malformed.
        """
        self._data = data
        self._pool: StringPool | None = None
        self._types: dict[int, list[tuple[int, int, int]]] = {}
        try:
            self._read()
        except struct.error as error:
            raise PackageError(f"its resources are cut short: {error}") from error

    def values(self, reference: Reference) -> tuple[Value, ...]:
        """Return what a resource is, once for each configuration that has a value of its own.

        Raises:
            PackageError: it is malformed, or refers to itself.
        """
        try:
            return tuple(dict.fromkeys(self._follow(reference.id, 0)))
        except struct.error as error:
            raise PackageError(f"its resources are cut short: {error}") from error

    def _read(self) -> None:
        kind, begin, size, _ = struct.unpack_from("<HHII", self._data, 0)
        if kind != _TABLE or size > len(self._data):
            raise PackageError("its resources are no resource table")
        for kind, start, header, end in chunks(self._data, begin, size):
            if kind == _POOL and self._pool is None:
                self._pool = StringPool(self._data, start, end)
            elif kind == _PACKAGE:
                (package,) = struct.unpack_from("<I", self._data, start + 8)
                for each, at, inner, last in chunks(self._data, start + header, end):
                    if each == _TYPE:
                        (number,) = struct.unpack_from("<B", self._data, at + 8)
                        self._types.setdefault(package << 8 | number, []).append((at, inner, last))

    def _follow(self, id_: int, depth: int) -> Iterator[Value]:
        if depth > _DEEPEST:
            raise PackageError("a resource refers to itself")
        for at, header, end in self._types.get(id_ >> 16, ()):
            position = self._entry(at, header, id_ & 0xFFFF)
            if position is None or position + 8 > end:
                continue
            kind, data = self._simple(position, end)
            if kind in _REFERENCES:
                yield from self._follow(data, depth + 1)
            elif kind == _STRING and self._pool is not None:
                yield self._pool[data]
            elif kind == _BOOLEAN:
                yield data != 0
            elif kind is not None:
                yield data - 2 * _SIGNED if data & _SIGNED else data

    def _entry(self, at: int, header: int, index: int) -> int | None:
        """Return where an entry of a type is, None if this configuration has none."""
        _, flags, _, count, start = struct.unpack_from("<BBHII", self._data, at + 8)
        table = at + header
        if flags & _SPARSE:
            for each in range(count):
                number, offset = struct.unpack_from("<HH", self._data, table + 4 * each)
                if number == index:
                    return int(at + start + 4 * offset)
            return None
        if index >= count:
            return None
        if flags & _SHORT:
            (offset,) = struct.unpack_from("<H", self._data, table + 2 * index)
            return None if offset == _NO_SHORT_ENTRY else int(at + start + 4 * offset)
        (offset,) = struct.unpack_from("<I", self._data, table + 4 * index)
        return None if offset == _NO_ENTRY else int(at + start + offset)

    def _simple(self, position: int, end: int) -> tuple[int | None, int]:
        size, flags, data = struct.unpack_from("<HHI", self._data, position)
        if flags & _COMPACT:
            return flags >> 8, data
        if flags & _COMPLEX or position + size + 8 > end:
            return None, 0
        _, _, kind, value = struct.unpack_from("<HBBI", self._data, position + size)
        return kind, value
