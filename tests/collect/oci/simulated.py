"""One collection by the real SDK from a small simulated tenancy, and the rows that it makes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TypeVar

from auditor.collect.door import Silence
from auditor.collect.engine import collect
from auditor.collect.oci.client import OciDoor
from auditor.collect.period import within_period
from auditor.collect.registry import load_collectors
from auditor.demo.oci import credentials
from auditor.demo.oci.estate_reader import make_estate
from auditor.demo.oci.faults import InjectedFault
from auditor.demo.oci.simulator import Simulator
from auditor.demo.oci.transport import in_process
from auditor.model import Audit, Json, Record, Request, Target
from auditor.spec import Collector
from auditor.tables import Row
from auditor.walk import Walk

TENANCY = credentials.TENANCY
DATA = "ocid1.compartment.oc1..data"
NOW = "2026-11-21T12:00:00Z"
AnyRow = TypeVar("AnyRow", bound=Row)

Regions = Mapping[str, Mapping[str, Mapping[str, list[dict[str, Json]]]]]


@dataclass(slots=True)
class Kept:
    """A keeper of records in memory."""

    records: list[Record] = field(default_factory=list)
    secret: bytes = b"secret"

    def kept(self) -> Iterator[tuple[int, Record]]:
        """Nothing was kept before."""
        return iter(())

    def add(self, record: Record) -> int:
        """Keep a record."""
        self.records.append(record)
        return len(self.records) - 1


@dataclass(frozen=True, slots=True)
class Collected:
    """What a collection kept, and the rows that it means."""

    records: Sequence[Record]
    rows: Sequence[Row]
    simulator: Simulator

    def of(self, table: type[AnyRow]) -> list[AnyRow]:
        """Return the rows of one table, by id."""
        return sorted((row for row in self.rows if isinstance(row, table)), key=lambda row: row.id)

    def row(self, table: type[AnyRow], name: str) -> AnyRow:
        """Return the one row whose id ends with a name."""
        (found,) = (row for row in self.of(table) if row.id.endswith(name))
        return found

    def asked(self, operation: str) -> list[Record]:
        """Return the records of one operation."""
        return [record for record in self.records if record.request.operation == operation]


def tenancy(regions: Regions) -> dict[str, Json]:
    """Return an estate with one compartment, subscribed to three regions."""
    subscriptions = [
        {"_path": {"tenancyId": TENANCY}, "region_name": name, "region_key": key, **rest}
        for name, key, rest in (
            ("us-ashburn-1", "IAD", {"status": "READY", "is_home_region": True}),
            ("us-phoenix-1", "PHX", {"status": "READY", "is_home_region": False}),
            ("eu-frankfurt-1", "FRA", {"status": "READY", "is_home_region": False}),
        )
    ]
    identity: dict[str, list[dict[str, Json]]] = {
        "Tenancy": [{"id": TENANCY, "name": "acme", "home_region_key": "IAD"}],
        "RegionSubscription": subscriptions,
        "Compartment": [
            {"id": TENANCY, "name": "acme", "lifecycle_state": "ACTIVE"},
            {"id": DATA, "compartment_id": TENANCY, "name": "data", "lifecycle_state": "ACTIVE"},
        ],
    }
    audit = {"Configuration": [{"_path": {"compartmentId": TENANCY}, "retention_period_days": 365}]}
    merged: dict[str, dict[str, Json]] = {name: dict(rest) for name, rest in regions.items()}
    more = merged.get("global", {})
    for model, objects in more.get("identity", {}).items():
        identity[model] = [*identity.get(model, []), *objects]
    merged["global"] = {"audit": audit, **more, "identity": identity}
    return {"tenancy": TENANCY, "namespace": "acme", "regions": merged}


@contextmanager
def door_to(
    simulator: Simulator, wait: Callable[[float], None] = lambda seconds: None
) -> Iterator[OciDoor]:
    """Open a door to a simulated tenancy; waits take no time."""
    with in_process(simulator):
        door = OciDoor(target(), wait=wait)
        yield door
        door.close()


@cache
def target() -> Target:
    """Return a target with throw-away credentials."""
    config = credentials.write_config(Path(mkdtemp()))
    return Target(name="here", provider="oci", options={"config_file": str(config)})


def request_for(
    service: str,
    operation: str,
    *,
    region: str = "us-ashburn-1",
    endpoint: str = "",
    token: Json = None,
    **parameters: Json,
) -> Request:
    """Return a request as the walk would make it."""
    return Request(
        collector="",
        place={"target": "here"},
        step="l0",
        service=service,
        operation=operation,
        parameters=parameters,
        region=region,
        endpoint=endpoint,
        token=token,
    )


def collected(
    regions: Regions, *faults: InjectedFault, kinds: str = "", period: Audit | None = None
) -> Collected:
    """Collect from a tenancy and replay the evidence.

    Args:
        kinds: prefix of the collectors to run besides those that find places.
        period: an audit of the period that they ask about.
    """
    simulator = Simulator(make_estate(tenancy(regions)), page_size=2)
    for fault in faults:
        simulator.inject(fault)
    collectors = [
        collector
        for collector in load_collectors()
        if collector.provider == "oci" and (collector.axis or collector.kind.startswith(kinds))
    ]
    collectors = list(within_period(collectors, period)) if period else collectors
    keeper = Kept()
    with door_to(simulator) as door:
        collect([target()], collectors, {"here": door}, keeper, now=lambda: NOW, progress=Silence())
    return Collected(keeper.records, list(_rows(collectors, keeper.records)), simulator)


def _rows(collectors: Sequence[Collector], records: Sequence[Record]) -> Iterator[Row]:
    walk = Walk([target()], collectors)
    walk.start()
    for index, record in enumerate(records):
        for unit, found in walk.answer(record.request, record.answer, index).found:
            yield from unit.collector.rows(found)
