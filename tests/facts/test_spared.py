"""When nothing needs to be listed, because an index names nothing and the bill agrees."""

from dataclasses import replace
from typing import Any

import pytest

from auditor.model import Unknown
from auditor.spec import Axis, Collector, Listing
from auditor.tables import Coverage, Region, Row, Spend, Store
from tests.facts.deriving import Facts
from tests.facts.witnessing import AUDIT, unheard, unit

TENANCY, REGION, ROOM = "ocid1.tenancy.oc1..t", "us-ashburn-1", "ocid1.compartment.oc1..room"
BOXES = Collector(
    kind="oci.boxes.box",
    service="boxes.BoxesClient",
    title="boxes",
    per=("account", "region", "compartment"),
    listing=Listing(operation="list_boxes", permission=""),
    tables=(Store,),
    rows=lambda _: (),
    types=("Box",),
)


def _unit(kind: str, **changes: Any) -> Coverage:
    return unit(kind, **{"account": TENANCY, "region": REGION, "provider": "oci", **changes})


SPARED = _unit(
    "oci.boxes.box", id="spared", outcome="unlisted", open=True, complete=Unknown("not listed")
)
ROOT = _unit("oci.boxes.box", id="root", compartment=TENANCY)
TYPES, INDEX = _unit("oci.resourcesearch.type"), _unit("oci.resourcesearch.resource")
BILL = _unit("oci.usage.line", region="")
AGREEING: tuple[Row, ...] = (SPARED, ROOT, TYPES, INDEX, BILL)


def _line(services: Any, region: Any = REGION, compartment: str = ROOM) -> Spend:
    return Spend(
        id=f"{services}/{region}/{compartment}",
        provider="oci",
        account=TENANCY,
        compartment=compartment,
        region=region,
        billed_service="BOXES",
        services=services,
        amount="0",
        currency="USD",
        period_start="2026-01-01",
        period_end="2026-02-01",
    )


def _facts(*rows: Row) -> Facts:
    return Facts(rows, AUDIT, (BOXES,))


def _closed_by(*rows: Row) -> str:
    found = _facts(*rows).rows("coverage", "id, open, complete, closed_by")
    (row,) = (row for row in found if row[0] == "spared")
    assert row[1] is (row[3] == "")
    assert row[2] is (True if row[3] else None)
    return str(row[3])


def test_what_nobody_names_is_no_gap() -> None:
    """The index knows the type, may be believed there, and the bill has no line of the service."""
    assert _closed_by(*AGREEING) == "Resource Search and the bill"


@pytest.mark.parametrize("missing", AGREEING[1:], ids=lambda row: row.id)
def test_no_witness_can_be_missing(missing: Row) -> None:
    assert _closed_by(*(row for row in AGREEING if row is not missing)) == ""


@pytest.mark.parametrize("refused", AGREEING[1:], ids=lambda row: row.id)
def test_no_witness_can_be_refused(refused: Coverage) -> None:
    """Least of all the root: who may not list there may be kept from seeing anything elsewhere."""
    others = [row for row in AGREEING if row is not refused]

    assert _closed_by(*others, unheard(refused)) == ""


@pytest.mark.parametrize(
    "charged",
    [
        _line(("boxes",)),
        _line(("boxes", "bags"), ""),
        _line(("boxes",), Unknown("which region is not stated")),
        _line(Unknown("nobody knows what is billed so")),
    ],
    ids=repr,
)
def test_a_charge_that_nobody_looked_into_keeps_it_open(charged: Spend) -> None:
    """What may not be seen is left out by the index, and costs all the same."""
    assert _closed_by(*AGREEING, charged) == ""


@pytest.mark.parametrize(
    "charged",
    [_line(("bags",)), _line(("boxes",), "us-phoenix-1"), _line(("boxes",), REGION, TENANCY)],
)
def test_charges_of_others_and_charges_that_were_looked_into_do_not_matter(charged: Spend) -> None:
    assert _closed_by(*AGREEING, charged) == "Resource Search and the bill"


def test_a_charge_of_an_unknown_name_matters_only_where_nobody_looked() -> None:
    """Whatever it is for, the collector has seen what there is of its own in that compartment."""
    unknown = _line(Unknown("nobody knows what is billed so"))
    asked = _unit("oci.boxes.box", id="asked", compartment=ROOM)

    assert _closed_by(*AGREEING, unknown) == ""
    assert _closed_by(*AGREEING, unknown, unheard(asked)) == ""
    assert _closed_by(*AGREEING, unknown, asked) == "Resource Search and the bill"


def test_a_charge_is_explained_where_it_was_charged() -> None:
    """Having looked into one compartment explains no charge of another."""
    facts = _facts(*AGREEING, _line(("boxes",)), _line(("boxes",), REGION, TENANCY))

    assert dict(facts.rows("spend", "compartment, explained")) == {ROOM: None, TENANCY: True}
    assert facts.why("spend", "explained") == {
        _line(("boxes",)).id: "no collector looked into boxes there"
    }


def test_a_region_whose_index_was_heard_is_inventoried() -> None:
    region = Region(
        id=f"{TENANCY}/{REGION}",
        provider="oci",
        operator="Oracle",
        account=TENANCY,
        region=REGION,
        country="US",
        enabled=True,
        home=True,
        creation_denied=False,
    )

    assert _facts(region, TYPES, INDEX).one("regions", "inventoried") == (True,)
    assert _facts(region, TYPES, unheard(INDEX)).one("regions", "inventoried") == (None,)


def test_what_is_within_others_is_asked_for_where_those_are() -> None:
    """Nobody lists what is within boxes in a compartment without boxes, not even in the root."""
    boxes = replace(BOXES, axis=Axis(name="box", value=lambda _: None))
    within = replace(
        BOXES, kind="oci.boxes.thing", per=("account", "region", "compartment", "box"), types=()
    )
    spared = replace(SPARED, id="within", collector=within.kind)
    seen = [ROOT, TYPES, INDEX, BILL, spared]

    assert Facts(seen, AUDIT, (boxes, within)).rows("coverage", "id, closed_by")[-1] == (
        "within",
        "Resource Search and the bill",
    )
    unseen = Facts(seen[1:], AUDIT, (boxes, within)).rows("coverage", "id, open")
    assert ("within", True) in unseen
