"""Memory of a collection does not grow with its records: 5,000 against 50,000."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from auditor.collect.door import Silence
from auditor.collect.engine import collect
from auditor.evidence import EvidenceStore
from auditor.model import Answer, Outcome, Request, Target
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Row
from benchmarks.measure import Measure

NOON = "2026-01-02T12:00:00Z"


def run() -> list[Measure]:
    """Compare the peak memory of two collections, each in a process of its own."""
    few, many = (_peak_of(records) for records in (5_000, 50_000))
    name = "collect.memory_of_ten_times_the_records"
    return [Measure(name=name, value=many / few, limit=1.1)]


def _peak_of(records: int) -> int:
    command = [sys.executable, "-m", "benchmarks.collection_memory", str(records)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return int(done.stdout)


class _Endless:
    """A door to a provider with as many things as one likes, a hundred on each page."""

    def __init__(self, things: int) -> None:
        self._things = things

    def ask(self, request: Request) -> Answer:
        if request.operation == "GetThing":
            return Answer(outcome=Outcome.OK, body={"Size": 1, "Words": "x" * 500})
        first = int(request.token or 0)
        last = min(first + 100, self._things)
        body = {"Things": [{"Name": f"thing-{number}"} for number in range(first, last)]}
        return Answer(
            outcome=Outcome.OK, body=body, token=str(last) if last < self._things else None
        )

    def close(self) -> None:
        """Nothing is open."""


def _no_rows(_: Found) -> Iterator[Row]:
    yield from ()


_THINGS = Collector(
    kind="fake.things.thing",
    service="things",
    title="things",
    per=(),
    listing=Listing(operation="ListThings", permission="", items="Things"),
    details=(
        Detail(name="thing", operation="GetThing", permission="", bind={"Name": "item.Name"}),
    ),
    tables=(),
    rows=_no_rows,
)


def _collect_things(records: int) -> int:
    """Return the peak of resident memory in kilobytes after keeping about so many records."""
    target = Target(name="fake", provider="fake")
    with tempfile.TemporaryDirectory() as folder:
        # Small segments, so that what compressing one takes does not hide the rest.
        store = EvidenceStore(Path(folder), segment_bytes=2**20)
        collect(
            (target,),
            (_THINGS,),
            {"fake": _Endless(records)},
            store,
            now=lambda: NOON,
            progress=Silence(),
        )
        store.close()
    # Unlike getrusage, this forgets the parent that the process was forked from.
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0])


if __name__ == "__main__":
    print(_collect_things(int(sys.argv[1])))
