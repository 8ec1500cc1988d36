"""Reads the XML of app bundles: protocol buffers in the form of Android's packager.

Source: frameworks/base/tools/aapt2/Resources.proto, XmlNode
"""

from collections.abc import Iterator

from auditor.apps.element import FRAMEWORK, Element, Reference, Value
from auditor.errors import PackageError

_DEEPEST = 100
_MOST_ELEMENTS = 200_000
_VARINT, _WIDE, _BYTES, _NARROW = 0, 1, 2, 5
_LONGEST_VARINT = 10
_SIGNED = 0x80000000


def parse_proto_xml(data: bytes) -> Element:
    """Return the root of a file.

    Raises:
        PackageError: it is malformed, or too large to be honest.
    """
    root, _ = _node(data, 0, 0)
    if root is None:
        raise PackageError("the manifest of its bundle has no root")
    return root


def _node(data: bytes, depth: int, count: int) -> tuple[Element | None, int]:
    """Return the element of a node, None for text, and how many elements there were so far."""
    if depth > _DEEPEST or count > _MOST_ELEMENTS:
        raise PackageError("the manifest of its bundle is too deep or too large")
    body = next((value for number, value in _fields(data) if number == 1), None)
    if not isinstance(body, bytes):
        return None, count
    element = Element(tag="")
    count += 1
    for number, value in _fields(body):
        if number == 3 and isinstance(value, bytes):  # noqa: PLR2004  numbers: in the source above
            element.tag = _text(value)
        elif number == 4 and isinstance(value, bytes):  # noqa: PLR2004
            _add_attribute(element, value)
        elif number == 5 and isinstance(value, bytes):  # noqa: PLR2004
            child, count = _node(value, depth + 1, count)
            _append(element, child, value)
    return element, count


def _append(element: Element, child: Element | None, node: bytes) -> None:
    if child is not None:
        element.children.append(child)
    else:
        element.text += "".join(_text(value) for number, value in _fields(node) if number == 2)  # noqa: PLR2004


def _add_attribute(element: Element, data: bytes) -> None:
    fields = dict(_fields(data))
    id_, space = fields.get(5), fields.get(1)
    known = FRAMEWORK.get(id_) if isinstance(id_, int) else None
    if known is None and space:
        return  # the framework knows its own attributes by number only
    key = known or _text(fields.get(2))
    if key in element.attributes:
        raise PackageError(f"an element of its manifest has two attributes {key!a}")
    item = fields.get(6)
    compiled = _item(item) if isinstance(item, bytes) else None
    element.attributes[key] = _text(fields.get(3)) if compiled is None else compiled


def _item(data: bytes) -> Value | None:
    """Return a compiled value, None for one that its text says as well."""
    for number, value in _fields(data):
        if not isinstance(value, bytes):
            continue
        fields = dict(_fields(value))
        if number == 1:
            id_ = fields.get(2)
            return Reference(id_ if isinstance(id_, int) else 0, _text(fields.get(3)))
        if number in (2, 3):
            return _text(fields.get(1))
        if number == 7:  # noqa: PLR2004
            return _primitive(fields)
    return None


def _primitive(fields: dict[int, int | bytes]) -> Value | None:
    for number, value in fields.items():
        if number == 8 and isinstance(value, int):  # noqa: PLR2004
            return value != 0
        if number in (6, 7) and isinstance(value, int):
            low = value & 0xFFFFFFFF
            return low - 2 * _SIGNED if low & _SIGNED else low
    return None


def _fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Yield number and value of each field of a message."""
    position = 0
    while position < len(data):
        key, position = _varint(data, position)
        number, kind = key >> 3, key & 7
        if kind == _VARINT:
            value, position = _varint(data, position)
            yield number, value
            continue
        if kind == _BYTES:
            size, position = _varint(data, position)
        elif kind in (_WIDE, _NARROW):
            size = 8 if kind == _WIDE else 4
        else:
            raise PackageError("the manifest of its bundle is no protocol buffer")
        if position + size > len(data):
            raise PackageError("the manifest of its bundle is cut short")
        yield number, data[position : position + size]
        position += size


def _varint(data: bytes, position: int) -> tuple[int, int]:
    value = 0
    for index in range(_LONGEST_VARINT):
        if position + index >= len(data):
            raise PackageError("the manifest of its bundle is cut short")
        byte = data[position + index]
        value |= (byte & 0x7F) << 7 * index
        if byte < 0x80:  # noqa: PLR2004  the last byte
            return value, position + index + 1
    raise PackageError("the manifest of its bundle holds an endless number")


def _text(value: int | bytes | None) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else ""
