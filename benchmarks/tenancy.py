"""A tenancy of three regions, a hundred compartments and twenty thousand resources.

Sixty compartments are empty, and nobody tells the collection which. The real SDK asks the
simulator, and calls take forty imagined milliseconds. The plan to compare with is the best that
anybody could write by hand: it asks the index and the bill once, lists what the index can name
exactly where that is and the rest where anything is, and asks nothing just to see whether it may.
"""

import gc
import json
import math
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from auditor.collect.door import Silence
from auditor.collect.engine import Collection
from auditor.collect.lanes import Lanes
from auditor.collect.oci.client import OciDoor
from auditor.collect.period import within_period
from auditor.collect.registry import load_collectors
from auditor.collect.rehearsal import Rehearsal
from auditor.demo.oci import credentials
from auditor.demo.oci.estate_reader import make_estate
from auditor.demo.oci.indexed import EVERY_TYPE
from auditor.demo.oci.simulator import Simulator
from auditor.demo.oci.transport import in_process
from auditor.demo.oci.wire import HttpAnswer, HttpRequest
from auditor.model import Answer, Record, Request, Target
from auditor.spec import Collector
from auditor.walk import Walk
from benchmarks.measure import Measure, cpu_seconds
from benchmarks.synthetic import synthetic_audit
from benchmarks.tenancy_estate import COMPARTMENTS, REGIONS, estate, resources, types_by_place

LATENCY, WORKERS = 0.04, 16
CALLS = 1_500  # of each side when CPU is compared
_LISTED = 100  # resources in each of these answers


def run() -> Iterator[Measure]:
    """Collect the tenancy, and compare with what a careful hand would do."""
    ours = (each for each in load_collectors() if each.provider == "oci")
    collectors = within_period(ours, synthetic_audit())
    records, seconds = _collect(collectors)
    by_hand, everywhere = _by_hand(collectors, records), _everywhere(collectors, records)
    print(
        f"# {len(collectors)} collectors, {sum(1 for _ in resources())} resources, "
        f"{len(records)} calls; by hand {by_hand}, everything everywhere {everywhere}; "
        f"{seconds:.1f} s imagined"
    )
    yield Measure(name="tenancy.calls_of_the_best_hand", value=len(records) / by_hand, limit=1.1)
    yield Measure(
        name="tenancy.calls_of_everything_everywhere", value=len(records) / everywhere, limit=0.2
    )
    yield Measure(
        name="tenancy.time_of_sixteen_workers",
        value=seconds / (len(records) * LATENCY / WORKERS),
        limit=1.3,
    )
    yield Measure(name="tenancy.client_cpu_of_bare_sdk", value=_cpu(), limit=1.3)


def _target(folder: str) -> Target:
    config = credentials.write_config(Path(folder))
    return Target(name="large", provider="oci", options={"config_file": str(config)})


def _collect(collectors: Sequence[Collector]) -> tuple[Sequence[Record], float]:
    """Return what was asked, and the imagined seconds that it took."""
    simulator = Simulator(make_estate(estate()))
    keeper = _Kept()
    with tempfile.TemporaryDirectory() as folder, in_process(simulator):
        target = _target(folder)
        door = OciDoor(target)
        rehearsal = Rehearsal(door.ask, LATENCY, WORKERS)
        walk = Walk((target,), collectors)
        Collection(walk, Lanes(rehearsal.now), keeper, Silence()).run(rehearsal)
        door.close()
    refused = Counter(r.request.operation for r in keeper.records if not r.answer.outcome.known)
    assert not refused, f"the simulator refused {refused}"
    return keeper.records, rehearsal.now()


def _by_hand(collectors: Sequence[Collector], records: Sequence[Record]) -> int:
    """Count the calls of the best plan: the same pages and details, lists only where they tell."""
    lists = sum(_lists_by_hand(each) for each in collectors)
    return lists + sum(not _is_first(record) for record in records)


def _everywhere(collectors: Sequence[Collector], records: Sequence[Record]) -> int:
    """Count the calls of a plan that lists every compartment for everything."""
    lists = sum(math.prod(_SIZES.get(axis, 1) for axis in each.per) for each in collectors)
    return lists + sum(not _is_first(record) for record in records)


_SIZES = {"region": len(REGIONS), "compartment": COMPARTMENTS + 1}  # and the root


def _is_first(record: Record) -> bool:
    return record.request.step in ("l0", "p0")


def _lists_by_hand(collector: Collector) -> int:
    if "compartment" not in collector.per:
        return math.prod(_SIZES.get(axis, 1) for axis in collector.per)
    if "region" not in collector.per:
        # Of what belongs to no region, the index is asked for policies; here are none.
        return 0 if collector.types == ("Policy",) else _SIZES["compartment"]
    types = set(collector.types)
    if types and types <= EVERY_TYPE:
        return sum(not types.isdisjoint(there) for there in types_by_place().values())
    return len(types_by_place())


def _cpu() -> float:
    """Return our client's CPU for a call over that of the SDK's bare request and a JSON parser."""
    pages = json.dumps(
        [{"id": f"ocid1.volume.oc1.iad.{n}", "sizeInGBs": n} for n in range(_LISTED)]
    )
    with tempfile.TemporaryDirectory() as folder, in_process(_Constant(pages.encode())):
        target = _target(folder)
        sides = _ours(target), _bare(target)
        for side in sides:  # warm: clients made, modules read
            side()
        gc.collect()
        gc.freeze()
        rounds = [[_seconds(side) for side in sides] for _ in range(3)]
        gc.unfreeze()
    # Each the least of three rounds: noise only adds.
    return min(ours for ours, _ in rounds) / min(bare for _, bare in rounds)


def _seconds(work: Callable[[], object]) -> float:
    def repeat() -> None:
        for _ in range(CALLS):
            work()

    return cpu_seconds(repeat)


def _ours(target: Target) -> Callable[[], object]:
    request = Request(
        collector="",
        place={"target": target.name},
        step="l0",
        service="core.BlockstorageClient",
        operation="list_volumes",
        parameters={"compartment_id": "ocid1.compartment.oc1..c", "limit": 1000},
        region=REGIONS[0],
    )
    door = OciDoor(target)
    return lambda: _known(door.ask(request))


def _known(answer: Answer) -> None:
    assert answer.outcome.known


def _bare(target: Target) -> Callable[[], object]:
    from oci.base_client import BaseClient  # noqa: PLC0415
    from oci.config import from_file  # noqa: PLC0415
    from oci.signer import Signer  # noqa: PLC0415

    config = from_file(target.options["config_file"])
    client = BaseClient(
        "iaas",
        config,
        Signer.from_config(config),
        {},
        base_path="/20160918",
        service_endpoint=f"https://iaas.{REGIONS[0]}.oraclecloud.com",
    )
    query = {"compartmentId": "ocid1.compartment.oc1..c", "limit": 1000}
    headers = {"accept": "application/json", "content-type": "application/json"}

    def ask() -> None:
        # An "object" is what the SDK parses as JSON and makes no model of.
        answer = client.call_api(
            "/volumes", "GET", query_params=query, header_params=headers, response_type="object"
        )
        assert len(answer.data) == _LISTED

    return ask


class _Constant(Simulator):
    """Answers every request alike, at next to no cost."""

    def __init__(self, body: bytes) -> None:
        self._answer_to_all = HttpAnswer(
            status=200, headers={"content-type": "application/json"}, body=body
        )

    def handle(self, request: HttpRequest) -> HttpAnswer:  # noqa: ARG002
        return self._answer_to_all


class _Kept:
    """A keeper of records in memory."""

    secret = b""

    def __init__(self) -> None:
        self.records: list[Record] = []

    def kept(self) -> Iterator[tuple[int, Record]]:
        """Nothing was kept before."""
        yield from ()

    def add(self, record: Record) -> int:
        """Keep a record."""
        self.records.append(record)
        return len(self.records) - 1
