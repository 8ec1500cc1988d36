"""How often an earlier collection called, kind by kind and place by place, from its evidence."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from auditor.envelope import read_records, segment_paths
from auditor.errors import BundleError, EvidenceError
from auditor.plan.scope import Key, key_of

FIRST = ("l0", "p0")  # the steps of a unit's first page
Asked = tuple[str, str, str]  # service, operation, region


@dataclass(slots=True, kw_only=True)
class Earlier:
    """Counts of one collection, or of all parts of a shared one.

    Attributes:
        kinds: kinds that were asked for.
        places: places that were looked into.
        beyond: kind -> place -> calls beyond the first.
        records: how many there are.
        size: bytes of the evidence on disk, compressed.
    """

    kinds: set[str] = field(default_factory=set)
    places: set[Key] = field(default_factory=set)
    beyond: dict[str, dict[Key, Counter[Asked]]] = field(default_factory=dict)
    records: int = 0
    size: int = 0

    def knows(self, kind: str, key: Key) -> bool:
        """Whether a kind was asked for at a place."""
        return kind in self.kinds and key in self.places


class _Request(msgspec.Struct):
    collector: str
    place: dict[str, str]
    step: str
    service: str
    operation: str
    region: str = ""


class _Line(msgspec.Struct):
    """A record as far as counting needs it; decoding the answers would cost ten times as much."""

    request: _Request


_DECODER = msgspec.json.Decoder(_Line)


def read_earlier(bundles: Iterable[Path]) -> Earlier:
    """Count the calls of a collection, whose parts may lie in several bundles.

    Raises:
        BundleError: a bundle holds no evidence.
        EvidenceError: a segment is damaged, or a line is not a record.
    """
    earlier = Earlier()
    for bundle in bundles:
        paths = segment_paths(bundle)
        if not paths:
            raise BundleError(f"{bundle} holds no evidence of an earlier collection")
        for path in paths:
            earlier.size += path.stat().st_size
            for lines in read_records(path):
                for line in lines:
                    _count(earlier, line, path)
    return earlier


def _count(earlier: Earlier, line: bytes, path: Path) -> None:
    try:
        request = _DECODER.decode(line).request
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise EvidenceError(f"{path.name} holds a line that is no record") from error
    earlier.records += 1
    key = key_of(request.place)
    if request.step in FIRST:
        earlier.kinds.add(request.collector)
        earlier.places.add(key)
        return
    asked = (request.service, request.operation, request.region)
    earlier.beyond.setdefault(request.collector, {}).setdefault(key, Counter())[asked] += 1
