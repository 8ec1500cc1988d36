"""The kernel as a whole: nothing is raised, nothing lost, and partial summaries add up."""

import gzip
import hashlib
import json
import pickle
from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.activity import inflating
from auditor.activity.kernel import KINDS, summarise
from auditor.activity.partial import ROW_COLUMNS, Origin, Partial, SummaryRow

NAME = "AWSLogs/o-abc/111122223333/CloudTrail/eu-west-1/2026/01/02/111122223333_x.json.gz"
EVENT: dict[str, Any] = {
    "eventVersion": "1.09",
    "userIdentity": {
        "type": "IAMUser",
        "arn": "arn:aws:iam::111122223333:user/ann",
        "accountId": "111122223333",
    },
    "eventTime": "2026-01-02T03:04:05Z",
    "eventSource": "s3.amazonaws.com",
    "eventName": "GetObject",
    "awsRegion": "eu-west-1",
    "sourceIPAddress": "192.0.2.1",
    "requestParameters": {"bucketName": "data", "key": "a"},
    "additionalEventData": {"bytesTransferredOut": 5.0},
    "eventID": "e1",
    "readOnly": True,
    "managementEvent": False,
    "recipientAccountId": "111122223333",
}


def read(content: bytes, kind: str = "cloudtrail", **known: bool) -> Partial:
    """Summarise a file."""
    return summarise(Origin(kind=kind, source="trail", name=NAME), content, **known)


def packed(*records: Any) -> bytes:
    """Return a file as CloudTrail delivers it."""
    return gzip.compress(json.dumps({"Records": records}, separators=(",", ":")).encode())


def cell(row: SummaryRow, name: str) -> str | int:
    """Return one column of a row."""
    return row[ROW_COLUMNS.index(name)]


def test_an_event_becomes_a_row() -> None:
    """All that a summary keeps of an event is in its columns."""
    content = packed(EVENT)
    partial = read(content, hash_inflated=True)
    row = dict(zip(ROW_COLUMNS, partial.rows[0], strict=True))
    assert row["principal"] == "arn:aws:iam::111122223333:user/ann"
    assert (row["store"], row["access"], row["day"]) == ("arn:aws:s3:::data", "read", "2026-01-02")
    assert (row["events"], row["bytes_out"], row["bytes_known"]) == (1, 5, 1)
    assert partial.sha256 == row["file"] == hashlib.sha256(content).hexdigest()
    assert partial.inflated_sha256 == hashlib.sha256(gzip.decompress(content)).hexdigest()
    assert partial.places == (("111122223333", "eu-west-1"),)
    assert pickle.loads(pickle.dumps(partial)) == partial


WRAPPED = {
    "json lines": lambda e: json.dumps(e) + "\n" + json.dumps(e),
    "an array": lambda e: json.dumps([e, e]),
    "indented": lambda e: json.dumps({"Records": [e, e]}, indent=2),
    "with a byte order mark": lambda e: "\ufeff" + json.dumps({"Records": [e, e]}),
    "other keys first": lambda e: json.dumps({"made": 1, "Records": [e, e]}),
    "EventBridge": lambda e: "\n".join(json.dumps({"detail-type": "x", "detail": e}) for _ in "ab"),
    "Lake": lambda e: "\n".join(json.dumps({"eventData": e, "eventID": "x"}) for _ in "ab"),
    "Lake, as text": lambda e: "\n".join(json.dumps({"eventData": json.dumps(e)}) for _ in "ab"),
    "LookupEvents": lambda e: json.dumps(
        {"Events": [{"EventName": "GetObject", "CloudTrailEvent": json.dumps(e)}] * 2}
    ),
    "a subscription": lambda e: json.dumps(
        {"messageType": "DATA_MESSAGE", "logEvents": [{"id": "1", "message": json.dumps(e)}] * 2}
    ),
    "two files in one": lambda e: json.dumps({"Records": [e]}) * 2,
}


@pytest.mark.parametrize("shape", WRAPPED)
def test_every_wrapping_says_the_same(shape: str) -> None:
    """The same two events give the same row, however they were delivered."""
    other = read(WRAPPED[shape](EVENT).encode())
    expected = read(packed(EVENT, EVENT))
    drop = ROW_COLUMNS.index("file")
    assert [row[:drop] + row[drop + 1 :] for row in other.rows] == [
        row[:drop] + row[drop + 1 :] for row in expected.rows
    ]
    assert (other.events, other.malformed) == (2, 0)


def test_two_members_of_gzip_are_both_read() -> None:
    """libdeflate ends after the first; sizes that happen to be equal must not hide the second."""
    partial = read(packed(EVENT) + packed(EVENT | {"eventID": "e2"}), hash_inflated=True)
    assert (partial.events, partial.malformed) == (2, 0)
    twice = json.dumps({"Records": [EVENT]}, separators=(",", ":")).encode()
    assert (
        partial.inflated_sha256 == hashlib.sha256(twice + twice.replace(b"e1", b"e2")).hexdigest()
    )


DAMAGE = {
    "empty": b"",
    "not gzip": b"\x1f\x8b\x08garbage",
    "no JSON": gzip.compress(b"hello world"),
    "nested too deeply": gzip.compress(b'{"Records":[' + b'{"a":' * 200_000),
    "brackets only": gzip.compress(b'{"Records":[' + b"[" * 200_000),
    "broken off after the first word": gzip.compress(b'{"Records":['),
    "not UTF-8": gzip.compress(b'{"Records":[{"eventTime":"\xff\xfe"}]}'),
    "half a character": gzip.compress(b'{"Records":[{"eventTime":"\\ud800"}]}'),
    "a number": gzip.compress(b"5"),
    "records that are no list": gzip.compress(b'{"Records":{"a":1}}'),
}


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("kind", KINDS)
def test_what_cannot_be_read_is_counted(kind: str, damage: str) -> None:
    """No event, but something malformed, and where."""
    partial = read(DAMAGE[damage], kind)
    assert partial.events == 0
    assert partial.malformed >= 1
    assert partial.samples[0].position


def test_what_stands_before_a_break_is_kept() -> None:
    """A file that breaks off gives the events before, and says that it breaks off."""
    content = packed(
        *({**EVENT, "eventID": hashlib.sha256(b"%d" % n).hexdigest()} for n in range(500))
    )
    partial = read(content[: len(content) // 2])
    assert 100 < partial.events < 400
    assert "breaks off" in " ".join(sample.reason for sample in partial.samples)


def test_a_large_file_is_read_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the size that is held at once, the same is found; beyond all limits it says so."""
    content = packed(*[EVENT] * 50)
    whole = read(content, hash_inflated=True)
    monkeypatch.setattr(inflating, "WHOLE", 1000)
    monkeypatch.setattr(inflating, "PIECE", 300)
    assert read(content, hash_inflated=True) == whole
    file = inflating.Inflating(content, most=5000)
    assert sum(map(len, file.pieces())) < 6000
    assert "more than 5000" in file.fault


def test_a_bomb_does_not_inflate() -> None:
    """A gigabyte of spaces is one malformed file at most, within little memory."""
    file = inflating.Inflating(gzip.compress(b" " * (64 << 20)), most=1 << 20)
    assert file.whole() is None
    assert sum(map(len, file.pieces())) <= (1 << 20) + inflating.PIECE


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
# An event of which some fields are anything at all, or left out.
ODD = st.dictionaries(st.sampled_from(sorted(EVENT)), JSON, max_size=4).map(lambda odd: EVENT | odd)


@settings(max_examples=60, deadline=None)
@given(st.lists(ODD | JSON.filter(lambda value: not isinstance(value, list)), max_size=6))
def test_every_record_is_an_event_or_malformed(records: list[Any]) -> None:
    """Counts add up, whatever the types of the fields."""
    records = [each for each in records if not _wraps(each)]
    partial = read(packed(*records))
    assert partial.events + partial.malformed == len(records)
    assert sum(int(cell(row, "events")) for row in partial.rows) == partial.events


def _wraps(record: Any) -> bool:
    return isinstance(record, Mapping) and "eventName" not in record


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(KINDS), st.binary(max_size=300), st.booleans())
def test_nothing_is_raised(kind: str, content: bytes, zipped: bool) -> None:
    """Any bytes give a summary."""
    partial = read(gzip.compress(content) if zipped else content, kind)
    assert partial.events >= 0


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 59), st.booleans()), max_size=8),
    st.randoms(),
)
def test_partial_summaries_add_up(events: list[tuple[int, int, bool]], random: Any) -> None:
    """One file with all events says what a file for each says, merged in any order."""
    records = [
        EVENT
        | {"eventID": f"e{second}", "eventTime": f"2026-01-02T03:04:{second:02}Z"}
        | {"sourceIPAddress": f"192.0.2.{host}"}
        | ({"errorCode": "AccessDenied"} if failed else {})
        for host, second, failed in events
    ]
    single = [row for record in records for row in read(packed(record)).rows]
    random.shuffle(single)
    assert merged(single) == merged(read(packed(*records)).rows)


def merged(rows: Iterable[SummaryRow]) -> dict[tuple[str | int, ...], tuple[Any, ...]]:
    """Merge rows of one key as summaries are to be merged."""
    end = ROW_COLUMNS.index("file")
    sums: dict[tuple[str | int, ...], tuple[Any, ...]] = {}
    for row in rows:
        new = row[end + 1 :]
        old = sums.get(row[:end], new)
        added = tuple(int(a) + int(b) for a, b in zip(old[2:6], new[2:6], strict=True))
        sums[row[:end]] = (
            *(min(str(old[0]), str(new[0])), max(str(old[1]), str(new[1]))),
            *(added if row[:end] in sums else new[2:6]),
            *(min(str(old[6]), str(new[6])), max(str(old[7]), str(new[7]))),
        )
    return sums
