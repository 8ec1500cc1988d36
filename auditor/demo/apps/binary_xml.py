"""Writes Android's binary XML and resource tables, as far as the demo's manifest needs them.

Source: frameworks/base/libs/androidfw/include/androidfw/ResourceTypes.h
"""

import struct
from collections.abc import Iterator, Mapping, Sequence

from auditor.apps.element import FRAMEWORK, Element, Reference, Value

_ANDROID = "http://schemas.android.com/apk/res/android"
_NONE = 0xFFFFFFFF
_NUMBERS = {name: number for number, name in FRAMEWORK.items()}
_STRING, _REFERENCE, _DECIMAL, _BOOLEAN = 0x03, 0x01, 0x10, 0x12
_UTF8 = 1 << 8


def binary_xml(root: Element, *, plain: bool = False) -> bytes:
    """Return a tree as binary XML.

    Args:
        plain: attributes have no namespace and no number, as in files other than the manifest.
    """
    names = [] if plain else sorted(_framework(root), key=_NUMBERS.__getitem__)
    strings = [*names, *sorted({_ANDROID, *_strings(root)} - set(names))]
    at = {each: index for index, each in enumerate(strings)}
    body = _pool(strings)
    if names:
        body += _chunk(0x0180, b"", struct.pack(f"<{len(names)}I", *map(_NUMBERS.get, names)))
    body += b"".join(_element(root, at, plain))
    return struct.pack("<HHI", 0x0003, 8, 8 + len(body)) + body


def resource_table(values: Mapping[str, Sequence[Value]]) -> bytes:
    """Return a resource table; the resource ``xml/a`` is 0x7f010000 if its type comes first.

    Args:
        values: by 'type/name', types together; several values are for several configurations.
    """
    types = list(dict.fromkeys(name.partition("/")[0] for name in values))
    several = [value for each in values.values() for value in each if isinstance(value, str)]
    strings = sorted(set(several))
    keys = [name.partition("/")[2] for name in values]
    body = struct.pack("<I256sIIIII", 0x7F, b"", 288, len(types), 288, len(keys), 0)
    body += _pool(types) + _pool(keys)
    for number, type_ in enumerate(types, 1):
        rows = [(name, each) for name, each in values.items() if name.startswith(f"{type_}/")]
        for layer in range(max(len(each) for _, each in rows)):
            body += _type(number, layer, rows, strings, keys)
    package = struct.pack("<HHI", 0x0200, 288, 8 + len(body)) + body
    pool = _pool(strings)
    return struct.pack("<HHII", 0x0002, 12, 12 + len(pool) + len(package), 1) + pool + package


def _type(
    number: int,
    layer: int,
    rows: Sequence[tuple[str, Sequence[Value]]],
    strings: Sequence[str],
    keys: Sequence[str],
) -> bytes:
    offsets, entries = b"", b""
    for name, several in rows:
        if layer >= len(several):
            offsets += struct.pack("<I", _NONE)
            continue
        offsets += struct.pack("<I", len(entries))
        kind, data = _typed(several[layer], {each: i for i, each in enumerate(strings)})
        key = keys.index(name.partition("/")[2])
        entries += struct.pack("<HHIHBBI", 8, 0, key, 8, 0, kind, data)
    config = struct.pack("<I60x", 64)
    head = struct.pack("<BBHII", number, 0, 0, len(rows), 20 + 64 + len(offsets)) + config
    return _chunk(0x0201, head, offsets + entries)


def _element(element: Element, at: Mapping[str, int], plain: bool) -> Iterator[bytes]:
    attributes = b"".join(
        _attribute(name, value, at, plain) for name, value in _ordered(element, plain)
    )
    head = struct.pack("<II", 1, _NONE)
    tag = at[element.tag]
    start = struct.pack("<IIHHHHHH", _NONE, tag, 20, 20, len(element.attributes), 0, 0, 0)
    yield _chunk(0x0102, head, start + attributes)
    if element.text:
        yield _chunk(0x0104, head, struct.pack("<IHBBI", at[element.text], 8, 0, 0, 0))
    for child in element.children:
        yield from _element(child, at, plain)
    yield _chunk(0x0103, head, struct.pack("<II", _NONE, tag))


def _ordered(element: Element, plain: bool) -> list[tuple[str, Value]]:
    return sorted(
        element.attributes.items(), key=lambda pair: 0 if plain else _NUMBERS.get(pair[0], _NONE)
    )


def _attribute(name: str, value: Value, at: Mapping[str, int], plain: bool) -> bytes:
    kind, data = _typed(value, at)
    space = _NONE if plain or name not in _NUMBERS else at[_ANDROID]
    raw = data if kind == _STRING else _NONE
    return struct.pack("<IIIHBBI", space, at[name], raw, 8, 0, kind, data)


def _typed(value: Value, at: Mapping[str, int]) -> tuple[int, int]:
    if isinstance(value, Reference):
        return _REFERENCE, value.id
    if isinstance(value, bool):
        return _BOOLEAN, _NONE if value else 0
    if isinstance(value, int):
        return _DECIMAL, value & _NONE
    return _STRING, at[value]


def _framework(element: Element) -> set[str]:
    own = {name for name in element.attributes if name in _NUMBERS}
    return own.union(*(_framework(child) for child in element.children))


def _strings(element: Element) -> set[str]:
    own = {element.tag, *element.attributes, *([element.text] if element.text else [])}
    own |= {value for value in element.attributes.values() if isinstance(value, str)}
    return own.union(*(_strings(child) for child in element.children))


def _pool(strings: Sequence[str]) -> bytes:
    offsets, data = b"", b""
    for each in strings:
        offsets += struct.pack("<I", len(data))
        coded = each.encode()
        data += _length(len(each)) + _length(len(coded)) + coded + b"\0"
    data += bytes(-len(data) % 4)
    head = struct.pack("<IIIII", len(strings), 0, _UTF8, 28 + len(offsets), 0)
    return _chunk(0x0001, head, offsets + data)


def _length(value: int) -> bytes:
    return bytes([value]) if value < 0x80 else bytes([value >> 8 | 0x80, value & 0xFF])  # noqa: PLR2004


def _chunk(kind: int, head: bytes, body: bytes) -> bytes:
    return struct.pack("<HHI", kind, 8 + len(head), 8 + len(head) + len(body)) + head + body
