"""An account with one gap, and the witnesses who agree that nothing is behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from auditor.model import Unknown
from auditor.spec import Axis, Collector, Listing
from auditor.tables import Coverage, Row, Sighting, Spend, Store, Witness
from tests.facts.deriving import Facts
from tests.facts.test_classification import STORE
from tests.fakes import audit

ACCOUNT, REGION = "111", "eu-west-1"
AUDIT = audit(period_start="2026-01-01", period_end="2026-02-28", as_of="2026-02-20T00:00:00Z")


def _collector(kind: str, *types: str, axis: str = "") -> Collector:
    return Collector(
        kind=kind,
        service=kind.split(".")[1],
        title="things",
        per=("account", "region"),
        listing=Listing(operation="List", permission=""),
        tables=(Store,),
        rows=lambda _: (),
        types=types,
        axis=Axis(name=axis, value=lambda _: None) if axis else None,
    )


COLLECTORS = (
    _collector("aws.boxes.box", "boxes:box"),
    _collector("aws.bags.bag", "bags:bag"),
    _collector("aws.nameless.thing"),
    _collector("aws.boxes.shelf", "boxes:box", axis="shelf"),
)


def unit(kind: str, *, account: str = ACCOUNT, region: str = REGION, **changes: Any) -> Coverage:
    """One unit that is complete."""
    whole = Coverage(
        id=f"main/{account}/{region}/{kind}",
        provider="aws",
        collector=kind,
        service=kind.split(".")[1],
        account=account,
        region=region,
        compartment="",
        outcome="complete",
        open=False,
        complete=True,
        reason="",
        permission="",
        items=0,
        answers=1,
        refusals=0,
        tables=("stores",),
    )
    return replace(whole, **changes)


def unheard(one: Coverage, outcome: str = "denied") -> Coverage:
    """The same unit, refused."""
    return replace(one, outcome=outcome, open=True, complete=Unknown("List was denied"))


GAP = unheard(unit("aws.boxes.box"))
BILL_UNIT = unit("aws.ce.line", region="")
INVENTORY_UNIT = unit("aws.resourceexplorer.resource")
TYPES_UNIT = unit("aws.resourceexplorer.type", account="", region="")
LIST_UNIT = unit("aws.ssm.service", account="", region="", items=3)


def witness(name: str, of: str = "", **changes: Any) -> Witness:
    """One thing that a witness can speak of."""
    whole = Witness(
        id=f"{name}/{of}/{sorted(changes.items())}",
        provider="aws",
        witness=name,
        account="",
        region="",
        name=of,
        complete=True,
    )
    return replace(whole, **changes)


def month(start: str, end: str, **changes: Any) -> Witness:
    """One month of the bill."""
    period = {"period_start": start, "period_end": end, "covers": ("boxes", "bags")}
    return witness("bill", account=ACCOUNT, **{**period, **changes})


JANUARY = month("2026-01-01", "2026-02-01")
FEBRUARY = month("2026-02-01", "2026-02-21")
INDEX = witness("resource explorer", account=ACCOUNT, region=REGION)
BOX_TYPE = witness("resource explorer", "boxes:box", covers=("AWS::Boxes::Box",))


def line(services: Any, region: Any = REGION) -> Spend:
    """One line of the bill."""
    return Spend(
        id=f"{ACCOUNT}/{services}/{region}",
        provider="aws",
        account=ACCOUNT,
        region=region,
        billed_service="Boxes",
        services=services,
        amount="0",
        currency="USD",
        period_start="2026-01-01",
        period_end="2026-02-01",
    )


def sighting(
    kind: Any, service: Any, region: Any = REGION, name: str = "", by: str = ""
) -> Sighting:
    """One resource of an inventory."""
    return Sighting(
        id=f"{kind}/{service}/{region}/{name}/{by}",
        provider="aws",
        witness=by or "resource explorer",
        account=ACCOUNT,
        region=region,
        service=service,
        type=kind,
        resource_id=name,
    )


BOX = "arn:aws:boxes:eu-west-1:111:box/one"
STORED = replace(STORE, id=BOX, provider="aws", account=ACCOUNT, region=REGION, service="boxes")

# What closes the gap, and what stands beside it and does not matter.
AGREEING: tuple[Row, ...] = (
    GAP,
    BILL_UNIT,
    INVENTORY_UNIT,
    TYPES_UNIT,
    JANUARY,
    FEBRUARY,
    INDEX,
    BOX_TYPE,
)
HARMLESS: tuple[Row, ...] = (
    line(("bags",)),
    line(("boxes",), "us-east-1"),
    sighting("bags:bag", "bags"),
    sighting("boxes:box", "boxes", "us-east-1"),
    sighting("iam:role", "boxes"),
)
OFFERS: tuple[Row, ...] = (
    witness("service list", "boxes", region="us-east-1"),
    witness("service list", "bags", region="us-east-1"),
    witness("service list", "bags", region=REGION),
)


def facts_of(*rows: Row) -> Facts:
    """Fill what only joins can fill."""
    return Facts(rows, AUDIT, COLLECTORS)


def closed_by(*rows: Row, kind: str = "aws.boxes.box") -> str:
    """Return who closed the gap of a kind, '' if it is open."""
    found = facts_of(*rows).rows("coverage", "collector, open, complete, outcome, closed_by")
    (row,) = [row for row in found if row[0] == kind]
    assert row[1] is (row[4] == "")
    assert row[2] is (True if row[4] else None)
    assert row[3] == "denied"
    return str(row[4])


def facts_of_worlds(worlds: Sequence[Iterable[Row]]) -> Facts:
    """Fill several worlds at once, each the world of a provider of its own."""
    rows, collectors = [], []
    for number, world in enumerate(worlds):
        provider = f"w{number:03}"
        rows += [_moved(row, provider) for row in world]
        collectors += [_replace(each, kind=_of(provider, each.kind)) for each in COLLECTORS]
    return Facts(rows, AUDIT, collectors)


def _moved(row: Row, provider: str) -> Row:
    moved: Row = _replace(row, provider=provider, id=f"{provider}/{row.id}")
    if isinstance(moved, Coverage):
        return replace(moved, collector=_of(provider, moved.collector))
    return moved


def _of(provider: str, kind: str) -> str:
    return kind.replace("aws.", f"{provider}.", 1)


def _replace(thing: Any, **changes: Any) -> Any:
    return replace(thing, **changes)
