"""Writes files of Android byte code that name classes, methods and strings, and do nothing.

Source: https://source.android.com/docs/core/runtime/dex-format
"""

import hashlib
import struct
import zlib
from collections.abc import Iterable, Sequence

_HEADER = 0x70
_NO_INDEX = 0xFFFFFFFF
_PUBLIC = 1
_SECTIONS = (0x0, 0x1, 0x2, 0x3, 0x5, 0x6, 0x2002, 0x1000)  # types in the map, as they lie


def dex_file(
    *,
    classes: Sequence[str],
    calls: Iterable[tuple[str, str]] = (),
    strings: Iterable[str] = (),
) -> bytes:
    """Return a file that defines classes, refers to methods, and holds strings.

    Args:
        classes: dotted names of the classes that it defines.
        calls: class and method that it refers to; each takes nothing and returns nothing.
        strings: further strings of its table.
    """
    methods = sorted(set(calls))
    named = {*classes, *(owner for owner, _ in methods), "java.lang.Object"}
    types = {f"L{each.replace('.', '/')};" for each in named} | {"V"}
    table = sorted({*types, *(name for _, name in methods), *strings}, key=_order)
    return _assembled(table, sorted(types, key=_order), methods, sorted(classes))


def _assembled(
    table: Sequence[str],
    types: Sequence[str],
    methods: Sequence[tuple[str, str]],
    classes: Sequence[str],
) -> bytes:
    text = {each: index for index, each in enumerate(table)}
    kind = {each[1:-1].replace("/", "."): index for index, each in enumerate(types)}
    counts = (len(table), len(types), 1, len(methods), len(classes))
    starts = _starts(counts)
    data = bytearray()
    offsets = []
    for each in table:
        offsets.append(starts[-1] + len(data))
        data += _uleb(len(each.encode("utf-16-le")) // 2) + each.encode() + b"\0"
    data += bytes(-len(data) % 4)
    map_offset = starts[-1] + len(data)
    sections = (0, *starts[:5], starts[5], map_offset)
    sizes = (1, *counts, len(table), 1)
    data += struct.pack("<I", len(_SECTIONS))
    for section, size, offset in zip(_SECTIONS, sizes, sections, strict=True):
        data += struct.pack("<HHII", section, 0, size, offset)
    refs = sorted((kind[owner], text[name]) for owner, name in methods)
    body = b"".join(
        (
            struct.pack(f"<{len(offsets)}I", *offsets),
            struct.pack(f"<{len(types)}I", *(text[each] for each in types)),
            struct.pack("<III", text["V"], types.index("V"), 0),
            *(struct.pack("<HHI", owner, 0, name) for owner, name in refs),
            *(_class(kind[each], kind["java.lang.Object"]) for each in classes),
            bytes(data),
        )
    )
    return _sealed(body, counts, starts, map_offset)


def _starts(counts: Sequence[int]) -> tuple[int, ...]:
    """Return where strings, types, prototypes, methods, classes and data start."""
    starts = [_HEADER]
    for count, size in zip(counts, (4, 4, 12, 8, 32), strict=True):
        starts.append(starts[-1] + count * size)
    return tuple(starts)


def _class(own: int, parent: int) -> bytes:
    return struct.pack("<IIIIIIII", own, _PUBLIC, parent, 0, _NO_INDEX, 0, 0, 0)


def _sealed(body: bytes, counts: Sequence[int], starts: Sequence[int], map_offset: int) -> bytes:
    strings, types, prototypes, methods, classes = zip(counts, starts[:5], strict=True)
    size = _HEADER + len(body)
    fields = (*strings, *types, *prototypes, 0, 0, *methods, *classes)
    last = (size - starts[5], starts[5])
    rest = struct.pack("<IIIIII", size, _HEADER, 0x12345678, 0, 0, map_offset)
    rest += struct.pack("<14I", *(value if count else 0 for count, value in _paired(fields, last)))
    digest = hashlib.sha1(rest + body).digest()  # noqa: S324  the format's own
    checksum = zlib.adler32(digest + rest + body)
    return b"dex\n035\0" + struct.pack("<I", checksum) + digest + rest + body


def _paired(fields: Sequence[int], last: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Yield each number with the count of its section: an empty one starts nowhere."""
    several = (*fields, *last)
    for index in range(0, len(several), 2):
        yield several[index], several[index]
        yield several[index], several[index + 1]


def _order(value: str) -> bytes:
    return value.encode("utf-16-be")


def _uleb(value: int) -> bytes:
    encoded = bytearray()
    while value >= 0x80:  # noqa: PLR2004  seven bits a byte
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)
