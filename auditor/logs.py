"""Opens the places where an audit's logs lie, with the doors of its targets."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from auditor.activity.buckets import OciBucket, S3Bucket
from auditor.activity.folders import FolderObjects
from auditor.activity.lookups import AuditEvents, LookupEvents
from auditor.activity.names import Days
from auditor.activity.objects import Objects
from auditor.activity.recording import Source
from auditor.collect.door import Door
from auditor.errors import CollectionError
from auditor.evidence import read_evidence
from auditor.model import Audit, Json, LogSource, Outcome, Target

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the evidence tells of where logs may be, and of AWS's public keys.

    Attributes:
        places: target -> accounts and regions that were asked.
        compartments: target -> tenancies, regions and compartments that were asked.
        keys: fingerprint, region and DER in base64.
    """

    places: Mapping[str, Sequence[tuple[str, str]]]
    compartments: Mapping[str, Sequence[tuple[str, str, str]]]
    keys: Sequence[Key]


def look_around(bundle: Path) -> Seen:
    """Read what the evidence of a bundle tells."""
    places: dict[str, set[tuple[str, str]]] = {}
    compartments: dict[str, set[tuple[str, str, str]]] = {}
    keys: set[Key] = set()
    for _, record in read_evidence(bundle):
        place = record.request.place
        account, region = place.get("account", ""), place.get("region", "")
        if account and region:
            places.setdefault(place["target"], set()).add((account, region))
            if compartment := place.get("compartment", ""):
                compartments.setdefault(place["target"], set()).add((account, region, compartment))
        if record.request.operation == "ListPublicKeys" and record.answer.outcome is Outcome.OK:
            keys.update(_keys(record.answer.body, region))
    return Seen(
        places={name: sorted(found) for name, found in places.items()},
        compartments={name: sorted(found) for name, found in compartments.items()},
        keys=sorted(keys),
    )


@contextmanager
def open_sources(
    logs: Sequence[LogSource],
    audit: Audit,
    seen: Seen,
    open_door: Callable[[Target], Door],
) -> Iterator[tuple[Source, ...]]:
    """Open every log source, its doors for as long as the context is open.

    Args:
        logs: with their folders, which the audit does not keep.
    """
    targets = {target.name: target for target in audit.targets}
    days = Days.around(audit.period_start, audit.after_period)
    with ExitStack() as stack:
        doors: dict[str, Door] = {}
        for name in sorted({log.target for log in logs if log.target}):
            doors[name] = open_door(targets[name])
            stack.callback(doors[name].close)
        yield tuple(
            Source(log=log, objects=_objects(log, doors, seen, days, audit.as_of)) for log in logs
        )


def _objects(
    log: LogSource, doors: Mapping[str, Door], seen: Seen, days: Days, as_of: str
) -> Objects:
    if log.folder or not log.target:
        return FolderObjects(Path(log.folder))
    ask = doors[log.target].ask
    if log.bucket:
        if log.kind.startswith("oci"):
            return OciBucket(ask=ask, target=log.target, bucket=log.bucket, region=log.region)
        return S3Bucket(
            ask=ask, target=log.target, bucket=log.bucket, account=log.account, region=log.region
        )
    if log.kind.startswith("oci"):
        return AuditEvents(
            ask=ask,
            target=log.target,
            places=[
                each
                for each in seen.compartments.get(log.target, ())
                if log.region in ("", each[1])
            ],
            days=days,
            as_of=as_of,
        )
    places = [
        each
        for each in seen.places.get(log.target, ())
        if log.region in ("", each[1]) and log.account in ("", each[0])
    ]
    return LookupEvents(ask=ask, target=log.target, places=places, days=days, as_of=as_of)


def read_keys(path: Path) -> Iterator[Key]:
    """Yield the keys of a file of answers of ``ListPublicKeys``: one answer, or a list of them.

    Raises:
        CollectionError: the file cannot be read, or is no such thing.
    """
    try:
        said = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise CollectionError(f"{path} holds no answer of ListPublicKeys: {error}") from error
    for answer in said if isinstance(said, list) else [said]:
        yield from _keys(answer, "")


def _keys(answer: Json, region: str) -> Iterator[Key]:
    listed = answer.get("PublicKeyList") if isinstance(answer, dict) else None
    for each in listed if isinstance(listed, list) else ():
        if not isinstance(each, dict):
            continue
        fingerprint, value = each.get("Fingerprint"), each.get("Value")
        if isinstance(fingerprint, str) and isinstance(value, str):
            yield fingerprint, region, value
