"""One value has one encoding, and it is the one of RFC 8785."""

import json
import math
from typing import Any

import msgspec
import pytest
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from auditor.envelope import canonical
from auditor.errors import EvidenceError

LARGEST = 2**53 - 1
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-LARGEST, LARGEST)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=20,
)


@given(JSON)
@example({"\U0001f600": 1, "\ue000": 2, "a": -0.0})
@example([1e21, 1e-7, 1e-6, 5e-324, 1.7976931348623157e308, 123456789012345680000.0, 0.1])
def test_is_rfc_8785_for_all_that_the_rfc_allows(value: Any) -> None:
    """The same bytes as an independent implementation."""
    assert canonical(value) == rfc8785.dumps(value)


@given(JSON)
def test_never_contains_a_line_feed_and_can_be_read_back(value: Any) -> None:
    """So a record is one line, and encoding what was read changes nothing."""
    encoded = canonical(value)

    assert b"\n" not in encoded
    assert canonical(json.loads(encoded)) == encoded
    assert canonical(msgspec.json.decode(encoded)) == encoded


@pytest.mark.parametrize("number", [2**53, -(2**63), 2**64, 10**30])
def test_large_integers_keep_all_their_digits(number: int) -> None:
    """Rounding a size or an id would change evidence."""
    assert canonical({"n": number}) == b'{"n":%d}' % number


def test_half_a_surrogate_pair_is_written_as_its_escape() -> None:
    """A hostile name must neither stop an audit nor look like another name."""
    encoded = canonical({"name\ud800": "\udfff", "other": 0.5})

    assert encoded == b'{"name\\\\ud800":"\\\\udfff","other":0.5}'
    assert msgspec.json.decode(encoded)["name\\ud800"] == "\\udfff"


@pytest.mark.parametrize(
    "value",
    [
        math.nan,
        [math.inf],
        {1: 2},
        {"a": b"bytes"},
        {"a": {1, 2}},
        object(),
        {"\ud800": 1, "\\ud800": 2},
    ],
)
def test_refuses_what_json_cannot_hold(value: object) -> None:
    """msgspec alone would write null for a number that is none."""
    with pytest.raises(EvidenceError):
        canonical(value)


def test_refuses_a_value_that_is_nested_too_deep() -> None:
    """With our error, not with the interpreter's."""
    value: list[Any] = []
    for _ in range(100_000):
        value = [value]

    with pytest.raises(EvidenceError, match="too deep"):
        canonical(value)
