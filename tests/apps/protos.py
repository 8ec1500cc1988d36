"""Writes the manifest of an app bundle, as Android's packager does."""

from auditor.apps.element import FRAMEWORK, Element, Reference, Value

_NUMBERS = {name: number for number, name in FRAMEWORK.items()}


def proto_xml(root: Element) -> bytes:
    """Return a tree as a protocol buffer."""
    body = field(3, root.tag.encode())
    for name, value in root.attributes.items():
        body += field(4, _attribute(name, value))
    if root.text:
        body += field(5, field(2, root.text.encode()))
    for child in root.children:
        body += field(5, proto_xml(child))
    return field(1, body)


def field(number: int, content: bytes | int) -> bytes:
    """Return one field of a message."""
    if isinstance(content, int):
        return varint(number << 3) + varint(content)
    return varint(number << 3 | 2) + varint(len(content)) + content


def varint(value: int) -> bytes:
    """Return a number in groups of seven bits."""
    value &= 2**64 - 1
    coded = bytearray()
    while value >= 0x80:
        coded.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*coded, value])


def _attribute(name: str, value: Value) -> bytes:
    body = field(2, name.encode())
    if name in _NUMBERS:
        body = field(1, b"http://schemas.android.com/apk/res/android") + body
        body += field(5, _NUMBERS[name])
    if isinstance(value, Reference):
        item = field(1, field(2, value.id) + field(3, value.name.encode()))
        return body + field(3, f"@{value.name}".encode()) + field(6, item)
    if isinstance(value, bool):
        return body + field(3, str(value).lower().encode()) + field(6, field(7, field(8, value)))
    if isinstance(value, int):
        return body + field(3, str(value).encode()) + field(6, field(7, field(6, value)))
    return body + field(3, value.encode())
