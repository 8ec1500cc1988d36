"""Reads string pools of Android's binary resources, one string at a time.

A pool may claim millions of strings; none is decoded before somebody needs it.

Source: frameworks/base/libs/androidfw/include/androidfw/ResourceTypes.h, ResStringPool_header
"""

import struct

from auditor.errors import PackageError

_HEADER = struct.Struct("<HHIIIIII")
_UTF8 = 1 << 8
_LONGEST = 1 << 20  # bytes of one string


class StringPool:
    """The strings of one chunk."""

    def __init__(self, data: bytes, start: int, end: int) -> None:
        """Take the chunk from ``start`` to ``end``.

        Raises:
            PackageError: its parts lie outside of it.
        """
        if start + _HEADER.size > end or end > len(data):
            raise PackageError("a string pool is cut short")
        _, header, _, self.count, _, flags, strings, _ = _HEADER.unpack_from(data, start)
        self._data, self._end = data, end
        self._offsets = start + header
        self._strings = start + strings
        self._utf8 = bool(flags & _UTF8)
        if self._offsets + 4 * self.count > end or self._strings > end:
            raise PackageError("a string pool claims more strings than it holds")

    def __getitem__(self, index: int) -> str:
        """Return a string.

        Raises:
            PackageError: there is no such string, or it lies outside of the pool.
        """
        if not 0 <= index < self.count:
            raise PackageError("a string is named that its pool does not hold")
        (offset,) = struct.unpack_from("<I", self._data, self._offsets + 4 * index)
        position = self._strings + offset
        width = 1 if self._utf8 else 2
        size, position = self._length(position, width)
        if self._utf8:  # the first length counts UTF-16 units, the second bytes
            size, position = self._length(position, width)
        end = position + size * width
        if end > self._end or size > _LONGEST:
            raise PackageError("a string lies outside of its pool")
        coded = bytes(self._data[position:end])
        return coded.decode("utf-8" if self._utf8 else "utf-16-le", "replace")

    def _length(self, position: int, width: int) -> tuple[int, int]:
        """Return a length of one or two units, and where the next thing starts."""
        if position + 2 * width > self._end:
            raise PackageError("a string lies outside of its pool")
        kind, top = ("<BB", 0x80) if width == 1 else ("<HH", 0x8000)
        high, low = struct.unpack_from(kind, self._data, position)
        if high & top:
            return (high & ~top) << 8 * width | low, position + 2 * width
        return high, position + width
