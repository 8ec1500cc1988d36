"""Records what audit logs say into a bundle's folder ``activity``: the stage of this package.

    list files → read those that are new → check digests → merge days → place addresses

The same files give the same bytes, in whatever order they are found and on however many processes.
"""

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from auditor.activity.addresses import Database, describe
from auditor.activity.days import write_days
from auditor.activity.digests import PublicKeys
from auditor.activity.finding import find_files
from auditor.activity.folders import FolderObjects
from auditor.activity.integrity import Stretch, check_chains, find_undigested
from auditor.activity.lookups import LookupEvents
from auditor.activity.names import Days, read_name
from auditor.activity.objects import LONGEST_OBJECT, Objects, Refusal
from auditor.activity.placing import write_addresses
from auditor.activity.rows import write_rows
from auditor.activity.state import State
from auditor.activity.stretches import Span, cover
from auditor.activity.summarising import FETCHERS, Job, read_files
from auditor.activity.unsigned import stretch_unsigned
from auditor.model import LogSource

ACTIVITY, WORK = "activity", "partial"
RECORDING = (
    "source", "kind", "account", "region", "trail", "start", "end", "files", "events", "malformed",
    "integrity", "whole", "reason",
)  # fmt: skip

Told = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A log source, and the place that it is read from.

    Attributes:
        objects: None where that place could not be opened; then ``refusal`` says why.
    """

    log: LogSource
    objects: Objects | None
    refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a recording is about.

    Attributes:
        period_start, after_period: first day, and the day after the last; ISO 8601 dates.
        keys: AWS's public keys: fingerprint, region and DER in base64.
    """

    period_start: str
    after_period: str
    as_of: str
    keys: Sequence[tuple[str, str, str]] = ()
    databases: Sequence[Database] = field(default_factory=tuple)
    processes: int = 1


def record(
    sources: Sequence[Source], scope: Scope, bundle: Path, cache: Path | None, told: Told
) -> None:
    """Write ``activity`` into a bundle.

    Args:
        cache: folder that keeps what files came to, for the next audit; without one it is kept in
            the bundle while the recording goes on, and removed at its end.
        told: is called with a source, how many of its files were read, and how many are left.
    """
    folder = bundle / ACTIVITY
    shutil.rmtree(folder / "summaries", ignore_errors=True)  # of a recording that was killed
    folder.mkdir(parents=True, exist_ok=True)
    work = cache or folder / WORK
    days = Days.around(scope.period_start, scope.after_period)
    with State(work) as state:
        for source in sources:
            _list(state, source, days)
            _read(state, source, scope, told)
        kinds = {source.log.name: source.log.kind for source in sources}
        write_days(state, bundle, kinds, [day.isoformat() for day in days.inner])
        _write_recordings(state, sources, scope, folder)
        _write_refusals(state, folder)
    write_addresses(folder, scope.databases)
    _write_json(folder / "databases.json", describe(scope.databases))
    _write_json(folder / "keys.json", [list(key) for key in sorted(set(scope.keys))])
    if cache is None:
        shutil.rmtree(work)


def _list(state: State, source: Source, days: Days) -> None:
    log = source.log
    if source.objects is None:
        state.refuse(log.name, "", source.refusal)
        return
    found = find_files(
        source.objects,
        log.prefix,
        log.kind,
        days,
        by_range=not isinstance(source.objects, FolderObjects),
    )
    for each in found:
        if isinstance(each, Refusal):
            state.refuse(log.name, each.about, each.reason, each.permission)
        elif each.size > LONGEST_OBJECT:
            state.refuse(log.name, ascii(each.key), f"it is longer than {LONGEST_OBJECT} bytes")
        else:
            state.list_file(log.name, log.kind, each, read_name(log.kind, each.key))
    state.save()


def _read(state: State, source: Source, scope: Scope, told: Told) -> None:
    if source.objects is None:
        return
    name = source.log.name
    job = Job(
        source=name,
        objects=source.objects,
        hash_inflated=source.log.kind == "cloudtrail",
        # CloudTrail answers two lookups a second in each account and region.
        fetchers=1 if isinstance(source.objects, LookupEvents) else FETCHERS,
    )
    read_files(state, job, scope.processes, lambda done, left: told(name, done, left))


def _write_recordings(state: State, sources: Sequence[Source], scope: Scope, folder: Path) -> None:
    span = Span.of(scope.period_start, scope.after_period, scope.as_of)
    rows = (
        (source.log, stretch)
        for source in sources
        for stretch in _stretches(state, source.log, scope, span)
    )
    write_rows(_recordings(rows), RECORDING, folder / "recordings.parquet")


def _stretches(state: State, log: LogSource, scope: Scope, span: Span) -> Iterator[Stretch]:
    signed: set[tuple[str, str]] = set()
    if log.kind == "cloudtrail":
        told = check_chains(state, log.name, log.trail, PublicKeys(scope.keys))
        for stretch in cover(told, find_undigested(state, log.name), span):
            signed.add((stretch.account, stretch.region))
            yield stretch
    yield from stretch_unsigned(state, log, span, signed)


def _recordings(rows: Iterable[tuple[LogSource, Stretch]]) -> Iterator[tuple[object, ...]]:
    for log, each in rows:
        yield (
            log.name, log.kind, each.account, each.region, each.trail, each.start, each.end,
            each.files, each.events, each.malformed, each.integrity, each.whole, each.reason,
        )  # fmt: skip


def _write_refusals(state: State, folder: Path) -> None:
    rows = state.each(
        "SELECT source, about, reason, permission FROM refusals UNION "
        "SELECT source, key, fault, '' FROM files WHERE seen AND fault <> '' UNION "
        "SELECT f.source, f.key, c.malformed || ' of its lines or records could not be read', '' "
        "FROM files AS f JOIN contents AS c USING (kind, sha256) "
        "WHERE f.seen AND f.role = 'log' AND c.malformed > 0 ORDER BY 1, 2, 3"
    )
    write_rows(rows, ("source", "about", "reason", "permission"), folder / "refusals.parquet")


def _write_json(path: Path, value: object) -> None:
    path.write_bytes(json.dumps(msgspec.to_builtins(value), indent=2).encode() + b"\n")
