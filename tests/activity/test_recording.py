"""Recording: every event once, in whatever files it lies; the same files give the same bytes."""

import gzip
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from auditor.activity import summarising
from auditor.activity.addresses import open_databases
from auditor.activity.folders import FolderObjects
from auditor.activity.objects import Content, Listed, Refusal
from auditor.activity.recording import Source
from auditor.demo.logs.trail import StoredObject
from auditor.model import LogSource
from tests.activity.logs import (
    BUCKET,
    START,
    USER,
    event,
    events,
    lay,
    objects,
    recorded,
    rows,
    scope,
    source,
)

COUNTS = "sum(events)::INT, sum(doubled)::INT, sum(bytes_out)::INT"


@pytest.fixture(scope="module")
def stored() -> Mapping[str, StoredObject]:
    """A day of a trail: 48 reads, 24 digests."""
    return objects()


def everything(folder: Path) -> dict[str, bytes]:
    """The bytes of all files."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_events_are_summed_up_by_who_what_and_whence(
    tmp_path: Path, stored: Mapping[str, StoredObject]
) -> None:
    """A day of one user's reads of one bucket from one address is one row."""
    found = recorded(tmp_path / "bundle", [source(lay(tmp_path / "logs", stored))])
    assert rows(found, "summaries/*", "principal, store, access, events, bytes_out") == [
        (USER, BUCKET, "read", 48, 480)
    ]
    assert not (found / "partial").exists()


def test_the_same_files_give_the_same_bytes(
    tmp_path: Path, stored: Mapping[str, StoredObject], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the order in which files were written nor the number of processes shows."""
    monkeypatch.setattr(summarising, "WORTH_PROCESSES", 1_000)
    lay(tmp_path / "one", stored)
    lay(tmp_path / "two", dict(reversed(list(stored.items()))))
    first = recorded(tmp_path / "a", [source(tmp_path / "one")])
    many = {f"more/{n}-2025-10-01.json": StoredObject(data=b"[]" + b" " * n) for n in range(60)}
    assert everything(first) == everything(recorded(tmp_path / "b", [source(tmp_path / "two")]))
    lay(tmp_path / "one", many)
    lay(tmp_path / "two", many)
    alone = recorded(tmp_path / "c", [source(tmp_path / "one")])
    several = recorded(tmp_path / "d", [source(tmp_path / "two")], scope(processes=2))
    assert everything(alone) == everything(several)


def test_a_file_that_lies_there_twice_counts_once(
    tmp_path: Path, stored: Mapping[str, StoredObject]
) -> None:
    """The same bytes under two names are one file."""
    lay(tmp_path / "logs", stored)
    lay(tmp_path / "logs" / "copy", stored)
    found = recorded(tmp_path / "bundle", [source(tmp_path / "logs")])
    assert rows(found, "summaries/*", COUNTS) == [(48, 0, 480)]
    assert rows(found, "files", "count(*) FILTER (repeated)") == [(24,)]


def test_a_delivery_that_was_made_twice_counts_once(tmp_path: Path) -> None:
    """Other bytes with the same events, in the same trail: a quiet account sees that at times."""
    lay(tmp_path / "logs", objects())
    again = [{**each, "sharedEventID": "x"} for each in events()]
    for key, each in objects(told=again).items():
        if "Digest" not in key:
            lay(tmp_path / "logs", {key.replace(".json", "again.json"): each})
    found = recorded(tmp_path / "bundle", [source(tmp_path / "logs")])
    assert rows(found, "summaries/*", COUNTS) == [(48, 0, 480)]


def test_events_of_two_trails_count_once(tmp_path: Path) -> None:
    """Of two trails that tell of the same events, one counts, and the other is counted as such."""
    lay(tmp_path / "logs", objects())
    again = [{**each, "sharedEventID": "x"} for each in events()]
    lay(tmp_path / "logs", objects(name="other", prefix="AWSLogs/o-abc/", told=again))
    found = recorded(tmp_path / "bundle", [source(tmp_path / "logs")])
    assert rows(found, "summaries/*", COUNTS) == [(48, 48, 480)]


def test_a_trail_of_some_events_takes_nothing_from_another(tmp_path: Path) -> None:
    """What only the second trail records is not lost, whichever source comes first."""
    written = [event(100, START, eventName="PutObject", readOnly=False)]
    lay(tmp_path / "one", objects())
    lay(tmp_path / "two", objects(name="other", told=written))
    sources = [source(tmp_path / "one", "one"), source(tmp_path / "two", "two")]
    for order in (sources, sources[::-1]):
        found = recorded(tmp_path / order[0].log.name / "bundle", order)
        assert rows(found, "summaries/*", COUNTS) == [(49, 0, 490)]


def test_a_changed_and_a_late_file_replace_what_was_known(tmp_path: Path) -> None:
    """With a cache, only new files are read; a changed one counts as it is now."""
    folder, cache = tmp_path / "logs", tmp_path / "cache"
    lay(folder, objects(told=events(10)))
    counting = _Counting(folder)
    about = Source(log=LogSource(name="disk", kind="cloudtrail"), objects=counting)
    recorded(tmp_path / "first", [about], cache=cache)
    read = counting.count
    recorded(tmp_path / "second", [about], cache=cache)
    assert counting.count == read
    lay(folder, objects(told=events(12)))
    third = recorded(tmp_path / "third", [about], cache=cache)
    assert rows(third, "summaries/*", COUNTS) == [(12, 0, 120)]
    afresh = recorded(tmp_path / "afresh", [source(folder)])
    assert everything(third) == everything(afresh)


class _Counting(FolderObjects):
    """A folder that counts how often a file is read."""

    count = 0

    def read(self, key: str) -> Content | Refusal:
        self.count += 1
        return super().read(key)


def test_what_cannot_be_read_is_counted_and_the_rest_counts(tmp_path: Path) -> None:
    """Malformed records and broken files lose nothing else, and are named."""
    broken = gzip.compress(json.dumps({"Records": [*events(4), 7, {"eventTime": []}]}).encode())
    lay(tmp_path / "logs", {"2025-10-01.json.gz": StoredObject(data=broken)})
    lay(tmp_path / "logs", {"torn-2025-10-01.json.gz": StoredObject(data=broken[:-40])})
    os.symlink("/etc/passwd", tmp_path / "logs" / "link.json")
    found = recorded(tmp_path / "bundle", [source(tmp_path / "logs")])
    assert rows(found, "summaries/*", "sum(events)::INT >= 4") == [(True,)]
    assert rows(found, "files", "bool_and(malformed > 0), count(*)::INT") == [(True, 2)]
    link, *malformed = rows(found, "refusals", "about, reason")
    assert link == ("'link.json'", "it is a link, device, pipe or socket, not a file")
    assert [about for about, _ in malformed] == ["2025-10-01.json.gz", "torn-2025-10-01.json.gz"]


def test_only_days_of_the_period_count(tmp_path: Path) -> None:
    """Events of other days are in no summary, even if they lie in a file of this one."""
    lay(tmp_path / "logs", objects(hours=72, told=events(144)))
    found = recorded(tmp_path / "bundle", [source(tmp_path / "logs")])
    assert rows(found, "summaries/*", "day, events") == [("2025-10-01", 48)]
    assert rows(found, "files", "max(day)") == [("2025-10-02",)]


def test_a_place_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A folder that is not there is a refusal, and everything else is written as usual."""
    found = recorded(tmp_path / "bundle", [source(tmp_path / "nowhere")])
    assert rows(found, "refusals", "source, reason") == [
        ("disk", "cannot be listed: No such file or directory")
    ]
    assert rows(found, "recordings", "count(*)") == [(0,)]


def test_addresses_are_placed_while_recording(
    tmp_path: Path, stored: Mapping[str, StoredObject]
) -> None:
    """Countries come from the databases of the day of the recording; which, is written down."""
    about = replace(scope(), databases=open_databases(()))
    found = recorded(tmp_path / "bundle", [source(lay(tmp_path / "logs", stored))], about)
    assert rows(found, "addresses", "*") == [("8.8.8.8", "", "internet", '{"shipped": "US"}')]
    assert json.loads((found / "databases.json").read_bytes())[0]["built"] == "2026-06-17"


def test_a_log_of_refusals_hides_no_success(tmp_path: Path) -> None:
    """Two trails record different objects of one bucket: of one, only what was refused."""
    refused = [{**each, "errorCode": "AccessDenied"} for each in events(10)]
    lay(tmp_path / "one", objects(told=refused))
    lay(tmp_path / "two", objects(name="other", told=[event(100, START)]))
    sources = [source(tmp_path / "one", "one"), source(tmp_path / "two", "two")]
    found = recorded(tmp_path / "bundle", sources)
    assert rows(found, "summaries/*", "events, errors, doubled") == [(11, 10, 0)]


@pytest.mark.parametrize("pattern", ["rows-*.parquet", "chains-*.parquet"])
@pytest.mark.parametrize("damage", ["gone", "other", "more"])
def test_what_a_cache_lost_is_read_again(
    tmp_path: Path, stored: Mapping[str, StoredObject], pattern: str, damage: str
) -> None:
    """Rows that are gone, changed or added make no difference to what is recorded."""
    logs, cache = [source(lay(tmp_path / "logs", stored))], tmp_path / "cache"
    first = recorded(tmp_path / "first", logs, cache=cache)
    (kept,) = cache.glob(pattern)
    if damage == "gone":
        kept.unlink()
    elif damage == "other":
        kept.write_bytes(kept.read_bytes()[:-1] + b"?")
    else:
        kept.with_name(kept.name.replace("-1", "-2")).write_bytes(kept.read_bytes())
    assert everything(recorded(tmp_path / "second", logs, cache=cache)) == everything(first)


class _BreaksOff(FolderObjects):
    """A place whose listing is refused after the first objects."""

    def list(self, prefix: str, after: str, until: str) -> Iterator[Listed | Refusal]:
        for number, each in enumerate(super().list(prefix, after, until)):
            if number == 5:
                yield Refusal(about=prefix, reason="ListObjectsV2 was denied (AccessDenied)")
                return
            yield each


def test_a_listing_that_breaks_off_is_told(
    tmp_path: Path, stored: Mapping[str, StoredObject]
) -> None:
    """What an earlier audit had seen behind that point is not taken to be there still."""
    folder, cache = lay(tmp_path / "logs", stored), tmp_path / "cache"
    recorded(tmp_path / "first", [source(folder)], cache=cache)
    log = LogSource(name="disk", kind="cloudtrail")
    broken = Source(log=log, objects=_BreaksOff(folder))
    found = recorded(tmp_path / "second", [broken], cache=cache)
    assert rows(found, "files", "count(*)") == [(5,)]
    assert rows(found, "refusals", "count(*)") == [(1,)]
    assert not any(whole for (whole,) in rows(found, "recordings", "whole"))
