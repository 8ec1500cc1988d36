"""What witnesses close, what they leave open, and what nobody explains."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from auditor.columns import columns
from auditor.facts.quiet_types import QUIET_TYPES
from auditor.model import Unknown
from auditor.tables import Coverage, Region, Row
from tests.facts.witnessing import (
    ACCOUNT,
    AGREEING,
    BILL_UNIT,
    BOX,
    FEBRUARY,
    GAP,
    HARMLESS,
    INDEX,
    INVENTORY_UNIT,
    JANUARY,
    LIST_UNIT,
    OFFERS,
    REGION,
    STORED,
    closed_by,
    facts_of,
    facts_of_worlds,
    line,
    month,
    sighting,
    unheard,
    unit,
    witness,
)

NOT_TOLD = Unknown("not told")


def test_a_gap_is_closed_by_witnesses_who_agree() -> None:
    """No line of the bill over the whole period, and an inventory of everything names nothing."""
    assert closed_by(*AGREEING, *HARMLESS) == "the bill and Resource Explorer"


def test_a_service_that_a_region_does_not_offer_leaves_no_gap() -> None:
    assert closed_by(GAP, LIST_UNIT, *OFFERS) == "the provider's own list of services"


@pytest.mark.parametrize("missing", AGREEING[1:], ids=lambda row: row.id)
def test_no_witness_can_be_missing(missing: Row) -> None:
    assert closed_by(*(row for row in AGREEING if row is not missing)) == ""


@pytest.mark.parametrize(
    "said",
    [
        line(("boxes",)),
        line(("boxes", "bags"), ""),
        line(("boxes",), NOT_TOLD),
        line(NOT_TOLD),
        sighting("boxes:box", "boxes", name=BOX),
        sighting("boxes:oddity", "boxes"),
        sighting("boxes:box", "boxes", ""),
        sighting("boxes:box", "boxes", NOT_TOLD),
        sighting("oddity:thing", NOT_TOLD),
        sighting("AWS::Boxes::Box", NOT_TOLD, by="config"),
        month("2026-01-01", "2026-02-01", complete=NOT_TOLD),
        month("2026-01-01", "2026-02-01", complete=False),
    ],
    ids=lambda row: row.id,
)
def test_any_sign_of_the_service_keeps_the_gap_open(said: Row) -> None:
    assert closed_by(*AGREEING, *HARMLESS, said) == ""


@pytest.mark.parametrize(
    "months",
    [
        (FEBRUARY,),
        (JANUARY,),
        (JANUARY, month("2026-02-02", "2026-02-21")),
        (JANUARY, month("2026-02-01", "2026-02-20")),
        (JANUARY, month("soon", "later"), FEBRUARY),
        (
            JANUARY,
            month("2026-02-01", "2026-02-21", covers=("bags",)),
            month("2025-01-01", "2025-02-01"),
        ),
    ],
    ids=["late", "early", "a day between", "a day short", "no dates", "a hole"],
)
def test_the_bill_has_to_cover_every_day(months: tuple[Row, ...]) -> None:
    rest = [row for row in AGREEING if row not in (JANUARY, FEBRUARY)]

    assert closed_by(*rest, *months) == ""


@pytest.mark.parametrize(
    "gap",
    [
        unheard(unit("aws.boxes.shelf")),
        unheard(unit("aws.nameless.thing")),
        replace(unheard(unit("aws.boxes.box")), items=1),
        unheard(unit("aws.boxes.box", region="")),
        unheard(unit("aws.boxes.box", account="222")),
        unheard(unit("aws.boxes.box", region="eu-west-2")),
        unheard(unit("aws.bags.bag")),
    ],
    ids=["axis", "no types", "some seen", "no region", "account", "region", "type not named"],
)
def test_other_gaps_stay_open(gap: Coverage) -> None:
    assert closed_by(*AGREEING[1:], *HARMLESS, gap, kind=gap.collector) == ""


def test_what_was_left_out_on_purpose_is_never_closed() -> None:
    """A configuration is no witness."""
    left_out = replace(GAP, outcome="excluded", complete=False)

    (row,) = [
        row
        for row in facts_of(left_out, *AGREEING[1:], LIST_UNIT, *OFFERS).rows(
            "coverage", "outcome, open, complete, closed_by"
        )
        if row[0] == "excluded"
    ]
    assert row == ("excluded", True, False, "")


@pytest.mark.parametrize(
    "rows",
    [
        (LIST_UNIT, *OFFERS[1:]),
        (LIST_UNIT, *OFFERS[:2]),
        (unheard(LIST_UNIT), *OFFERS),
        OFFERS,
        (replace(LIST_UNIT, items=4), *OFFERS, witness("service list", "boxes", region=REGION)),
        (replace(LIST_UNIT, items=1), OFFERS[2]),
    ],
    ids=["lost row", "region unknown", "refused", "not asked", "offered", "name unknown"],
)
def test_a_list_of_services_that_is_not_whole_closes_nothing(rows: tuple[Row, ...]) -> None:
    assert closed_by(GAP, *rows) == ""


CLOSING: tuple[tuple[Row, ...], ...] = ((*AGREEING, *HARMLESS), (GAP, LIST_UNIT, *OFFERS))


def weaker(rows: tuple[Row, ...]) -> Iterator[tuple[Row, ...]]:
    """Yield the rows with one witness silenced, or one thing that it said forgotten."""
    for position, row in enumerate(rows):
        before, after = rows[:position], rows[position + 1 :]
        if row is GAP:
            continue
        if isinstance(row, Coverage):
            yield (*before, unheard(row), *after)
            yield (*before, unheard(row, "partial"), *after)
            yield (*before, *after)
            continue
        for column in columns(type(row)):
            if column.nullable and column.name not in ("tags", "holds_data", "explained"):
                forgotten: dict[str, Any] = {column.name: NOT_TOLD}
                yield (*before, replace(row, **forgotten), *after)


@pytest.mark.parametrize("rows", CLOSING, ids=["agreeing", "not offered"])
def test_knowing_less_never_closes(rows: tuple[Row, ...]) -> None:
    """From a world with a sign of the service: forgetting anything leaves the gap open."""
    if LIST_UNIT in rows:
        offered = (replace(LIST_UNIT, items=4), witness("service list", "boxes", region=REGION))
        signs: tuple[tuple[Row, ...], ...] = (offered,)
    else:
        signs = ((line(("boxes",)),), (sighting("boxes:box", "boxes"),))
    silent = tuple(row for row in rows if row is not LIST_UNIT)
    worlds = [world for sign in signs for world in weaker((*silent, *sign))]

    found = facts_of_worlds(worlds).rows("coverage", "provider, collector, closed_by")

    gaps = [row for row in found if row[1].endswith(".boxes.box")]
    assert len(gaps) == len(worlds) > 5
    assert {row[2] for row in gaps} == {""}


@pytest.mark.parametrize("rows", CLOSING, ids=["agreeing", "not offered"])
def test_what_knowing_less_would_forget_is_what_closes(rows: tuple[Row, ...]) -> None:
    """The test above starts from worlds that are closed but for the sign."""
    assert closed_by(*rows)


def test_a_sighting_is_explained_by_a_row_or_by_its_type() -> None:
    """Also where an inventory names types only."""
    found = facts_of(
        STORED,
        unit("aws.boxes.box"),
        unit("aws.boxes.shelf"),
        AGREEING[-1],
        sighting("boxes:box", "boxes", name=BOX),
        sighting("boxes:box", "boxes", name="arn:aws:boxes:eu-west-1:111:box/two"),
        sighting("iam:role", "iam", name="arn:aws:iam::111:role/r"),
        sighting("oddity:thing", "oddity", name="arn:aws:oddity:eu-west-1:111:thing/x"),
        sighting("AWS::Boxes::Box", NOT_TOLD, by="config"),
        sighting("AWS::Odd::Ity", NOT_TOLD, by="config"),
    )

    rows = {
        (row[0], row[1][-3:]): row[2:]
        for row in found.rows("sightings", "type, resource_id, holds_data, explained")
    }
    assert rows == {
        ("boxes:box", "one"): (True, True),
        ("boxes:box", "two"): (True, None),
        ("iam:role", "e/r"): (False, True),
        ("oddity:thing", "g/x"): (None, None),
        ("AWS::Boxes::Box", ""): (True, True),
        ("AWS::Odd::Ity", ""): (None, None),
    }
    why = set(found.why("sightings", "explained").values())
    assert why == {
        "its type is collected, and no row was collected for it",
        "no collector knows its type, and nobody has judged whether it holds data",
    }


def test_types_that_could_not_be_seen_whole_explain_nothing() -> None:
    found = facts_of(GAP, AGREEING[-1], sighting("AWS::Boxes::Box", NOT_TOLD, by="config"))

    assert found.one("sightings", "holds_data, explained") == (True, None)


@pytest.mark.parametrize(
    ("rows", "services", "explained", "why"),
    [
        ((unit("aws.boxes.box"),), ("boxes",), True, None),
        ((unit("aws.boxes.box", region=""),), ("boxes",), True, None),
        ((GAP,), ("boxes",), None, "not all of boxes there could be seen"),
        ((unit("aws.bags.bag"),), ("boxes",), None, "no collector looked into boxes there"),
        ((), (), True, None),
        ((), NOT_TOLD, None, "which service it is charged for is not known"),
    ],
)
def test_a_charge_is_explained_by_what_was_looked_into(
    rows: tuple[Row, ...], services: object, explained: bool | None, why: str | None
) -> None:
    found = facts_of(*rows, line(services))

    assert found.one("spend", "explained") == (explained,)
    assert list(found.why("spend", "explained").values()) == ([why] if why else [])


def test_every_quiet_type_says_why() -> None:
    assert all(reason and not reason.endswith(".") for reason in QUIET_TYPES.values())


def test_fixtures_name_units_that_are_heard() -> None:
    """Were they misspelt, nothing above would close anyway."""
    assert BILL_UNIT in AGREEING
    assert INVENTORY_UNIT in AGREEING


RECORDER_UNIT = unit("aws.config.recorder")
VIEW_UNIT = unit("aws.resourceexplorer.view")
ASKED = (RECORDER_UNIT, VIEW_UNIT)


@pytest.mark.parametrize(
    ("rows", "inventoried"),
    [
        ((*ASKED, INVENTORY_UNIT, INDEX), True),
        ((*ASKED, witness("config", account=ACCOUNT, region=REGION)), True),
        (ASKED, False),
        ((*ASKED, replace(INDEX, complete=False)), False),
        ((*ASKED, replace(INDEX, complete=NOT_TOLD)), None),
        ((RECORDER_UNIT, unheard(VIEW_UNIT)), None),
        ((), None),
    ],
)
def test_a_region_has_an_inventory_if_one_names_everything(
    rows: tuple[Row, ...], inventoried: bool | None
) -> None:
    region = Region(
        id=f"{ACCOUNT}/{REGION}",
        provider="aws",
        operator="Amazon Web Services",
        account=ACCOUNT,
        region=REGION,
        country="IE",
        enabled=True,
        home=False,
        creation_denied=False,
    )

    assert facts_of(region, *rows).one("regions", "inventoried") == (inventoried,)
