"""The binary formats below the manifest: what is read, and what is refused."""

import struct

import pytest

from auditor.apps.binary_xml import parse_binary_xml
from auditor.apps.dex import read_dex
from auditor.apps.element import Element, Reference
from auditor.apps.proto_xml import parse_proto_xml
from auditor.apps.resources import Resources
from auditor.apps.strings import StringPool
from auditor.demo.apps.android import tag
from auditor.demo.apps.binary_xml import binary_xml, resource_table
from auditor.demo.apps.dex import dex_file
from auditor.errors import PackageError
from tests.apps.protos import field, proto_xml

TREE = tag(
    "manifest",
    (
        tag("application", (Element(tag="note", text="some text"),), debuggable=True),
        tag("uses-sdk", minSdkVersion=21, targetSdkVersion=-1),
    ),
    package="com.example",
    networkSecurityConfig=Reference(0x7F010000, ""),
)
XML = binary_xml(TREE)


def test_both_forms_of_xml_are_one_tree() -> None:
    """What the demo and the tests write comes back."""
    assert parse_binary_xml(XML) == TREE
    assert parse_proto_xml(proto_xml(TREE)) == TREE


def test_long_strings_come_back() -> None:
    """Their lengths take two bytes."""
    root = Element(tag="a", text="x" * 3000)

    assert parse_binary_xml(binary_xml(root)) == root


def test_wide_strings_are_read() -> None:
    """Older packagers write UTF-16."""
    text = "grüße"
    data = struct.pack("<H", len(text)) + text.encode("utf-16-le") + b"\0\0"
    pool = struct.pack("<HHIIIIIII", 1, 28, 32 + len(data), 1, 0, 0, 32, 0, 0) + data

    assert StringPool(pool, 0, len(pool))[0] == text


def test_attributes_of_the_framework_are_known_by_number() -> None:
    """Android ignores the written name, so a name that lies changes nothing."""
    lying = XML.replace(b"debuggable", b"xxxxxxxxxx")
    root = parse_binary_xml(lying)

    assert root.children[0].attributes == {"debuggable": True}


def test_attributes_that_only_look_like_the_frameworks_are_ignored() -> None:
    """A right name without its number means nothing to Android."""
    number = struct.pack("<I", 0x0101000F)
    root = parse_binary_xml(XML.replace(number, struct.pack("<I", 0x01019999)))

    assert root.children[0].attributes == {}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "cut short"),
        (b"<?xml version='1.0'?>", "no binary XML"),
        (XML[:-30], "no binary XML"),
        (XML[:4] + struct.pack("<I", len(XML) - 24) + XML[8:], "exactly one root"),
        (XML[:12] + b"\xff\xff\xff\x00" + XML[16:], "impossible size"),
        (XML[:16] + b"\xff\xff\xff\x7f" + XML[20:], "more strings"),
    ],
    ids=["empty", "text", "cut", "unended", "chunk too long", "huge pool"],
)
def test_malformed_xml_is_refused(data: bytes, message: str) -> None:
    """With our own error, and without reading what it claims."""
    with pytest.raises(PackageError, match=message):
        parse_binary_xml(data)


def test_trees_that_are_too_deep_are_refused() -> None:
    """Nobody nests a manifest a hundred times."""
    root = Element(tag="a")
    for _ in range(150):
        root = Element(tag="a", children=[root])
    for parse, data in ((parse_binary_xml, binary_xml(root)), (parse_proto_xml, proto_xml(root))):
        with pytest.raises(PackageError, match="too deep"):
            parse(data)


@pytest.mark.parametrize(
    "data",
    [b"", b"\x0a\xff", b"\x0a" + b"\xff" * 11, b"\x0b", field(1, field(4, b"\x0a\x7f"))],
    ids=["empty", "cut", "endless", "group", "inner"],
)
def test_malformed_protocol_buffers_are_refused(data: bytes) -> None:
    """With our own error."""
    with pytest.raises(PackageError):
        parse_proto_xml(data)


def test_resources_by_configuration() -> None:
    """Each value of its own is returned once; references are followed."""
    table = Resources(
        resource_table(
            {
                "xml/net": ("res/xml/net.xml", "res/xml-v30/net.xml"),
                "bool/one": (True, True),
                "bool/two": (Reference(0x7F020000),),
                "integer/n": (-5,),
            }
        )
    )

    assert table.values(Reference(0x7F010000)) == ("res/xml/net.xml", "res/xml-v30/net.xml")
    assert table.values(Reference(0x7F020000)) == (True,)
    assert table.values(Reference(0x7F020001)) == (True,)
    assert table.values(Reference(0x7F030000)) == (-5,)
    assert table.values(Reference(0x7F030009)) == ()
    assert table.values(Reference(0x01010001)) == ()


def test_resources_that_refer_to_themselves_are_refused() -> None:
    """A circle would never end."""
    table = Resources(resource_table({"bool/a": (Reference(0x7F010000),)}))
    with pytest.raises(PackageError, match="refers to itself"):
        table.values(Reference(0x7F010000))


def test_what_is_no_resource_table_is_refused() -> None:
    """Neither noise nor nothing."""
    for data in (b"", bytes(12), b"\2\0\x0c\0\xff\0\0\0\0\0\0\0"):
        with pytest.raises(PackageError):
            Resources(data)


def test_byte_code() -> None:
    """Classes that it defines, methods that it calls, strings in Java's own encoding."""
    data = dex_file(
        classes=["a.b.C"], calls=[("x.Y", "go")], strings=["https://a.example.com", "é"]
    )
    code = read_dex(data, "classes.dex")

    assert code.classes == {"a.b.C"}
    assert code.calls == {("x.Y", "go")}
    assert b"\0https://a.example.com\0" in code.strings


def test_strings_that_overlap_are_refused() -> None:
    """A table may name one long string a million times."""
    data = bytearray(dex_file(classes=["a.b.C"], strings=["x" * 2000, *map(str, range(50))]))
    count, start = struct.unpack_from("<II", data, 0x38)
    offsets = struct.unpack_from(f"<{count}I", data, start)
    longest = max(offsets, key=lambda at: data.find(b"\0", at) - at)
    struct.pack_into(f"<{count}I", data, start, *([longest] * count))
    with pytest.raises(PackageError):
        read_dex(bytes(data), "classes.dex")


def test_malformed_byte_code_is_refused() -> None:
    """Too short, of another kind, or with counts that are not there."""
    sound = dex_file(classes=["a.b.C"], calls=[("x.Y", "go")])
    claimed = bytearray(sound)
    struct.pack_into("<I", claimed, 0x58, 60_000)
    for data in (b"", b"\x7fELF" + bytes(200), sound[:100], bytes(claimed)):
        with pytest.raises(PackageError):
            read_dex(data, "classes.dex")
