"""Reads Android's binary XML, in which packages carry their manifest.

What the framework would skip is skipped (chunks of unknown types), and whatever does not fit is
refused: a tree that is too deep or too large, an element that ends nowhere, a chunk out of bounds.

Source: frameworks/base/libs/androidfw/include/androidfw/ResourceTypes.h
"""

import struct
from collections.abc import Iterator

from auditor.apps.element import FRAMEWORK, Element, Reference, Value
from auditor.apps.strings import StringPool
from auditor.errors import PackageError

_MOST_ELEMENTS = 200_000
_DEEPEST = 100
_NONE = 0xFFFFFFFF
_XML, _POOL, _MAP = 0x0003, 0x0001, 0x0180
_START, _END, _TEXT = 0x0102, 0x0103, 0x0104
_CHUNK = struct.Struct("<HHI")
_ELEMENT = struct.Struct("<IIHHHHHH")
_ATTRIBUTE = struct.Struct("<IIIHBBI")
_REFERENCE, _ATTRIBUTE_ID, _STRING, _BOOLEAN = 0x01, 0x02, 0x03, 0x12
_DYNAMIC_REFERENCE = 0x07
_SIGNED = 0x80000000


def parse_binary_xml(data: bytes) -> Element:
    """Return the root of a file of binary XML.

    Raises:
        PackageError: it is malformed, or too large to be honest.
    """
    try:
        return _Parser(data).parse()
    except struct.error as error:
        raise PackageError(f"its binary XML is cut short: {error}") from error


def chunks(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield type, start, size of the header and end of each chunk in a stretch.

    Raises:
        PackageError: a chunk reaches beyond the stretch, or ends before its header does.
    """
    while start + _CHUNK.size <= end:
        kind, header, size = _CHUNK.unpack_from(data, start)
        if size < header or header < _CHUNK.size or start + size > end:
            raise PackageError("a chunk of its binary resources has an impossible size")
        yield kind, start, header, start + size
        start += size


class _Parser:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._pool: StringPool | None = None
        self._ids: tuple[int, ...] = ()
        self._root = Element(tag="")
        self._stack = [self._root]
        self._count = 0

    def parse(self) -> Element:
        kind, begin, size = _CHUNK.unpack_from(self._data, 0)
        if kind != _XML or size > len(self._data) or begin < _CHUNK.size:
            raise PackageError("its manifest is no binary XML")
        for kind, start, header, end in chunks(self._data, begin, size):
            self._take(kind, start, header, end)
        if len(self._stack) != 1 or len(self._root.children) != 1:
            raise PackageError("its binary XML does not have exactly one root that ends")
        return self._root.children[0]

    def _take(self, kind: int, start: int, header: int, end: int) -> None:
        if kind == _POOL and self._pool is None:
            self._pool = StringPool(self._data, start, end)
        elif kind == _MAP:
            count = (end - start - header) // 4
            self._ids = struct.unpack_from(f"<{count}I", self._data, start + header)
        elif kind == _START:
            self._open(start + header, end)
        elif kind == _END:
            if len(self._stack) == 1:
                raise PackageError("its binary XML ends an element that never began")
            self._stack.pop()
        elif kind == _TEXT:
            (index,) = struct.unpack_from("<I", self._data, start + header)
            self._stack[-1].text += self._string(index)

    def _open(self, position: int, end: int) -> None:
        self._count += 1
        if self._count > _MOST_ELEMENTS or len(self._stack) > _DEEPEST:
            raise PackageError("its binary XML is too deep or too large")
        _, name, first, size, count, *_ = _ELEMENT.unpack_from(self._data, position)
        if size < _ATTRIBUTE.size or position + first + size * count > end:
            raise PackageError("an element of its binary XML reaches beyond its chunk")
        element = Element(tag=self._string(name))
        for at in range(position + first, position + first + size * count, size):
            self._attribute(element, at)
        self._stack[-1].children.append(element)
        self._stack.append(element)

    def _attribute(self, element: Element, position: int) -> None:
        space, name, raw, _, _, kind, data = _ATTRIBUTE.unpack_from(self._data, position)
        known = FRAMEWORK.get(self._ids[name]) if name < len(self._ids) else None
        if known is None and space != _NONE:
            return  # the framework knows its own attributes by number only
        key = known or self._string(name)
        if key in element.attributes:
            raise PackageError(f"an element of its binary XML has two attributes {key!a}")
        element.attributes[key] = self._value(kind, data, raw)

    def _value(self, kind: int, data: int, raw: int) -> Value:
        if kind == _STRING:
            return self._string(data)
        if kind in (_REFERENCE, _ATTRIBUTE_ID, _DYNAMIC_REFERENCE):
            return Reference(data)
        if kind == _BOOLEAN:
            return data != 0
        if raw != _NONE and kind == 0:
            return self._string(raw)
        return data - 2 * _SIGNED if data & _SIGNED else data

    def _string(self, index: int) -> str:
        if self._pool is None:
            raise PackageError("its binary XML has no strings")
        return self._pool[index]
