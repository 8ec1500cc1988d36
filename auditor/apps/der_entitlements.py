"""Reads entitlements in the binary form that iOS 15 and later heed, whatever the XML says.

An outer value holds the version and a dictionary: sequences of a name and a value, as ASN.1 in DER.
First versions of the form wrote the dictionary as a set, with nothing around it.

Source: https://github.com/apple-oss-distributions/Security, ``CESerializeCFDictionary`` and
https://developer.apple.com/documentation/xcode/using-the-latest-code-signature-format
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from asn1crypto import parser

from auditor.errors import PackageError

_Value: TypeAlias = tuple[int, int, bytes]  # class, tag, content
_UNIVERSAL, _APPLICATION, _CONTEXT = 0, 1, 2
_BOOLEAN, _INTEGER, _TEXT, _SEQUENCE, _SET = 1, 2, 12, 16, 17
_DICTIONARIES = ((_CONTEXT, _SEQUENCE), (_UNIVERSAL, _SET))
_DEEPEST = 20
_MOST_BYTES = 2**20


def read_der_entitlements(encoded: bytes) -> Mapping[str, Any]:
    """Return entitlements by their names.

    Raises:
        PackageError: they are malformed, or name one twice.
    """
    if len(encoded) > _MOST_BYTES:
        raise PackageError(f"its entitlements are larger than {_MOST_BYTES} bytes")
    parts = _several(encoded)
    if len(parts) == 1 and parts[0][:2] == (_APPLICATION, _SEQUENCE):
        parts = _several(parts[0][2])[1:]
    if len(parts) != 1:
        raise PackageError("its entitlements are malformed")
    read = _read(parts[0], 0)
    if not isinstance(read, dict):
        raise PackageError("its entitlements are no dictionary")
    return read


def _read(value: _Value, depth: int) -> Any:
    kind, content = value[:2], value[2]
    if depth > _DEEPEST:
        raise PackageError("its entitlements nest without end")
    if kind in _DICTIONARIES:
        return _dictionary(content, depth)
    if kind == (_UNIVERSAL, _SEQUENCE):
        return [_read(each, depth + 1) for each in _several(content)]
    if kind == (_UNIVERSAL, _TEXT):
        return content.decode("utf-8", "replace")
    if kind == (_UNIVERSAL, _BOOLEAN):
        return content != b"\0"
    if kind == (_UNIVERSAL, _INTEGER):
        return int.from_bytes(content, "big", signed=True)
    return content


def _dictionary(content: bytes, depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for pair in _several(content):
        parts = list(_several(pair[2]))
        if len(parts) != 2 or parts[0][1] != _TEXT:  # noqa: PLR2004  name and value
            raise PackageError("its entitlements are malformed")
        name = _read(parts[0], depth + 1)
        if name in found:
            raise PackageError("its entitlements name one twice")
        found[name] = _read(parts[1], depth + 1)
    return found


def _several(data: bytes) -> list[_Value]:
    return list(_values(data))


def _values(data: bytes) -> Iterator[_Value]:
    position = 0
    while position < len(data):
        try:
            kind, _, tag, head, content, tail = parser.parse(data[position:])
        except ValueError as error:
            raise PackageError(f"its entitlements are malformed: {error}") from error
        yield kind, tag, content
        position += len(head) + len(content) + len(tail)
