"""Entitlements in the form that newer systems read, whatever the older one says."""

import plistlib
import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.apps.der_entitlements import read_der_entitlements
from auditor.apps.ios_nested import signed_entitlements
from auditor.apps.macho import Slice
from auditor.errors import PackageError


def der(tag: int, content: bytes) -> bytes:
    """Return a value of less than 128 bytes."""
    return bytes((tag, len(content))) + content


def text(value: str) -> bytes:
    """Return a text."""
    return der(0x0C, value.encode())


def pair(name: str, value: bytes) -> bytes:
    """Return one entitlement."""
    return der(0x30, text(name) + value)


def whole(*pairs: bytes) -> bytes:
    """Return entitlements as they stand in a signature."""
    return der(0x70, der(0x02, b"\1") + der(0xB0, b"".join(pairs)))


ALLOWED = pair("get-task-allow", der(0x01, b"\xff"))


@pytest.mark.parametrize(
    ("encoded", "expected"),
    [
        pytest.param(whole(ALLOWED), {"get-task-allow": True}, id="a flag"),
        pytest.param(der(0x31, ALLOWED), {"get-task-allow": True}, id="the first form"),
        pytest.param(
            whole(pair("a", der(0x30, text("x") + text("y"))), pair("n", der(0x02, b"\5"))),
            {"a": ["x", "y"], "n": 5},
            id="a list and a number",
        ),
        pytest.param(
            whole(pair("d", der(0xB0, pair("no", der(0x01, b"\0"))))),
            {"d": {"no": False}},
            id="a dictionary within",
        ),
    ],
)
def test_entitlements_are_read(encoded: bytes, expected: dict[str, Any]) -> None:
    """Each kind of value that the form knows."""
    assert read_der_entitlements(encoded) == expected


@pytest.mark.parametrize(
    "encoded",
    [b"", b"\x70", whole(ALLOWED, ALLOWED), der(0x0C, b"x"), whole(text("x")), bytes(2**20 + 1)],
    ids=("empty", "cut", "twice", "a text", "no pairs", "too large"),
)
def test_odd_ones_are_refused(encoded: bytes) -> None:
    """With our own error."""
    with pytest.raises(PackageError):
        read_der_entitlements(encoded)


@given(st.binary(max_size=200))
def test_noise_breaks_nothing(data: bytes) -> None:
    """It is read, or refused."""
    try:
        read_der_entitlements(data)
    except PackageError:
        return


def test_both_forms_count() -> None:
    """A signature that says less in one than in the other says all of it."""
    blobs = {
        5: struct.pack(">I", 0xFADE7171) + _sized(plistlib.dumps({"plain": True})),
        7: struct.pack(">I", 0xFADE7172) + _sized(whole(ALLOWED)),
    }
    at, index, body = 12 + 8 * len(blobs), b"", b""
    for slot, blob in blobs.items():
        index += struct.pack(">II", slot, at + len(body))
        body += blob
    signature = struct.pack(">III", 0xFADE0CC0, at + len(body), len(blobs)) + index + body
    code = Slice(
        encrypted=False, symbols=frozenset(), libraries=(), content=b"", signature=signature
    )

    assert signed_entitlements([code]) == [{"plain": True}, {"get-task-allow": True}]


def _sized(content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + content
