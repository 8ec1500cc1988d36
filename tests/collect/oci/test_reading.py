"""Values as the fact tables want them, from answers that are not trusted."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.collect.oci.reading import entries, moment, size_of, tags_of
from auditor.model import Json, Unknown
from auditor.spec import Found

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def found(**item: Json) -> Found:
    """Return a resource with these members."""
    return Found(place={"target": "here"}, item=item)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2024-02-01T00:00:00Z", "2024-02-01T00:00:00.000Z"),
        ("2024-02-01T00:00:00.123456+00:00", "2024-02-01T00:00:00.123Z"),
        ("2024-02-01T02:00:00+02:00", "2024-02-01T00:00:00.000Z"),
        ("2024-02-01T00:00:00", "2024-02-01T00:00:00.000Z"),
    ],
)
def test_moments_are_in_utc(written: str, meant: str) -> None:
    """Services differ in how they write them; they must compare as text."""
    assert moment(written) == meant


@given(st.datetimes(timezones=st.just(timezone(timedelta(hours=5, minutes=30)))))
def test_moments_keep_their_order(when: datetime) -> None:
    """Whatever the zone."""
    if 1 < when.year < 9999:
        later = when + timedelta(seconds=1)
        first, second = moment(when.isoformat()), moment(later.astimezone(UTC).isoformat())
        assert isinstance(first, str)
        assert isinstance(second, str)
        assert first < second


@given(JSON | st.sampled_from(["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]))
def test_what_is_no_moment_is_unknown(value: Json) -> None:
    """And never an exception."""
    assert isinstance(moment(value), str | Unknown)


def test_tags_of_both_kinds() -> None:
    """Defined tags are named with their namespace; values are text."""
    tags = tags_of(found(freeformTags={"a": "1"}, definedTags={"ns": {"b": 2}}), "item")

    assert tags == {"a": "1", "ns.b": "2"}


@given(JSON, JSON)
def test_tags_are_text_whatever_comes(freeform: Json, defined: Json) -> None:
    """The tables hold text only."""
    tags = tags_of(found(freeformTags=freeform, definedTags=defined), "item")

    assert not isinstance(tags, Unknown)
    assert all(isinstance(part, str) for pair in tags.items() for part in pair)


@given(JSON | st.floats(allow_nan=False) | st.integers())
def test_sizes_are_whole_bytes_or_unknown(value: Json) -> None:
    """True is no size."""
    size = size_of(found(size=value), "item.size", 1024)

    assert isinstance(size, Unknown) or (type(size) is int and 0 <= size < 2**63)


@given(JSON)
def test_entries_are_objects(value: Json) -> None:
    """Anything else in a list has no members to read."""
    assert all(isinstance(entry, dict) for entry in entries(value))
