"""What was charged, where, and under which service's name."""

from collections.abc import Sequence

from auditor.collect.door import Silence
from auditor.collect.engine import collect
from auditor.collect.oci.tenancy import TENANCY as TENANCY_COLLECTOR
from auditor.collect.oci.usage import LINES
from auditor.collect.period import within_period
from auditor.demo.oci.estate_reader import make_estate
from auditor.demo.oci.faults import denied
from auditor.demo.oci.simulator import Simulator
from auditor.model import Audit, Json, Outcome, Record, Unknown
from auditor.tables import Spend
from auditor.walk import Walk
from tests.collect.oci.simulated import DATA, NOW, TENANCY, Kept, door_to, target, tenancy

VOLUME = {"id": "ocid1.volume.oc1.iad.v", "compartment_id": DATA, "size_in_gbs": 50}
BUCKET = {"name": "photos", "namespace": "acme", "compartment_id": TENANCY}
THERE: dict[str, Json] = {
    "us-ashburn-1": {"core": {"Volume": [VOLUME]}, "object_storage": {"Bucket": [BUCKET]}}
}


def audit() -> Audit:
    """Return an audit of three weeks."""
    return Audit(
        id="test",
        agreement="",
        company="",
        as_of="2026-11-21T12:00:00Z",
        period_start="2026-11-01",
        period_end="2026-11-21",
        tool_version="0",
        targets=(target(),),
    )


def bill(simulator: Simulator) -> tuple[list[Spend], Sequence[Record]]:
    """Return the lines of the bill, and the answers that they are from."""
    collectors = within_period((TENANCY_COLLECTOR, LINES), audit())
    keeper = Kept()
    with door_to(simulator) as door:
        collect([target()], collectors, {"here": door}, keeper, now=lambda: NOW, progress=Silence())
    walk = Walk([target()], collectors)
    walk.start()
    rows: list[Spend] = []
    for index, record in enumerate(keeper.records):
        for unit, found in walk.answer(record.request, record.answer, index).found:
            rows += [row for row in unit.collector.rows(found) if isinstance(row, Spend)]
    asked = [r for r in keeper.records if r.request.operation == LINES.listing.operation]
    return sorted(rows, key=lambda row: row.id), asked


def test_each_service_region_and_compartment_is_a_line() -> None:
    """Over all pages, for the whole period, by the service's own name."""
    lines, asked = bill(Simulator(make_estate(tenancy(THERE)), page_size=1))
    block, objects = lines

    assert [record.answer.outcome for record in asked] == [Outcome.OK] * 2
    assert (block.region, block.compartment, block.services) == (
        "us-ashburn-1",
        DATA,
        ("blockvolume",),
    )
    assert (objects.compartment, objects.services) == (TENANCY, ("objectstorage",))
    assert {(line.period_start, line.period_end) for line in lines} == {
        ("2026-11-01", "2026-11-22")
    }
    assert {(line.amount, line.currency) for line in lines} == {("1.0", "USD")}


def test_a_charge_that_nobody_can_assign_is_unknown() -> None:
    """It keeps gaps open, by its name."""
    line = {"service": "QUANTUM", "region": "us-ashburn-1", "compartment_id": DATA}
    estate = tenancy({**THERE, "global": {"usage_api": {"UsageSummary": [line]}}})
    ((only,), _) = bill(Simulator(make_estate(estate)))

    assert isinstance(only.services, Unknown)
    assert "QUANTUM" in only.services.reason


def test_a_bill_that_may_not_be_read_says_nothing() -> None:
    """No line is not the same as nothing used."""
    simulator = Simulator(make_estate(tenancy(THERE)))
    simulator.inject(denied(".*request_summarized_usages"))
    lines, (refused,) = bill(simulator)

    assert lines == []
    assert refused.answer.outcome is Outcome.DENIED
