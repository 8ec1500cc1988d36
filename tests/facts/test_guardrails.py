"""What policies from above come to: who is bound, and who is known not to be."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from auditor.columns import parquet
from auditor.facts.guardrails import GUARDRAIL_JOINS
from auditor.facts.rows import RowWriter
from auditor.facts.storage import store_tables
from auditor.model import Unknown
from auditor.tables import Account, Coverage, Guardrail, HierarchyNode, Region, Row

BOUND, MANAGEMENT, ELSEWHERE = "222", "111", "333"
SCP = "service control policy"
UNSEEN = Unknown("not seen")


def node(name: str, kind: str, parent: str, *on: str) -> HierarchyNode:
    return HierarchyNode(
        id=name, provider="aws", kind=kind, name=name, parent_id=parent, switched_on=on
    )


def account(name: str) -> Account:
    return Account(
        id=name,
        provider="aws",
        operator="Amazon Web Services",
        name=name,
        active=True,
        management=name == MANAGEMENT,
    )


def region(owner: str) -> Region:
    return Region(
        id=f"{owner}/eu-central-1",
        provider="aws",
        operator="Amazon Web Services",
        account=owner,
        region="eu-central-1",
        country="DE",
        enabled=True,
        home=False,
        creation_denied=Unknown("not joined yet"),
    )


LOCK = Guardrail(
    id="p/root",
    provider="aws",
    account="",
    name="lock",
    kind=SCP,
    target_id="root",
    enforced=True,
    limits=("regions",),
    allowed_regions=("us-*",),
)
ROWS: tuple[Row, ...] = (
    node("root", "organisation root", "", SCP),
    node("unit", "organizational unit", "root"),
    node(BOUND, "account", "unit"),
    node(MANAGEMENT, "account", "root"),
    *(account(each) for each in (BOUND, MANAGEMENT, ELSEWHERE)),
    *(region(each) for each in (BOUND, MANAGEMENT, ELSEWHERE)),
)


def denied(folder: Path, *rows: Row) -> dict[str, bool | None]:
    """Account -> whether data can be created in Frankfurt, None where that is not known."""
    (folder / "rows").mkdir()
    with RowWriter(folder / "rows") as writer:
        for row in rows:
            writer.write(row)

    def fill(database: duckdb.DuckDBPyConnection) -> None:
        for statement in GUARDRAIL_JOINS:
            database.execute(statement)

    store_tables(folder / "rows", folder / "facts", fill)
    query = f"SELECT account, creation_denied FROM {parquet(folder / 'facts' / 'regions.parquet')}"
    return dict(duckdb.execute(query).fetchall())


def test_a_policy_binds_what_is_below(tmp_path: Path) -> None:
    """Not the management account, and not an account that no hierarchy names."""
    found = denied(tmp_path, *ROWS, LOCK)

    assert found == {BOUND: True, MANAGEMENT: False, ELSEWHERE: None}


@pytest.mark.parametrize(
    "change",
    [
        {"escapes": ("s3:*",)},
        {"allowed_regions": ("eu-*", "us-*")},
        {"enforced": False},
        {"target_id": "another-unit"},
        {"kind": "resource control policy"},
    ],
)
def test_what_leaves_a_way_open_denies_nothing(tmp_path: Path, change: dict[str, object]) -> None:
    found = denied(tmp_path, *ROWS, replace(LOCK, **change))  # type: ignore[arg-type]

    assert found[BOUND] is False


@pytest.mark.parametrize(
    "change",
    [
        {"escapes": UNSEEN},
        {"allowed_regions": UNSEEN},
        {"enforced": UNSEEN},
        {"enforced": UNSEEN, "target_id": "?"},
    ],
)
def test_what_was_not_seen_may_deny(tmp_path: Path, change: dict[str, object]) -> None:
    found = denied(tmp_path, *ROWS, replace(LOCK, **change))  # type: ignore[arg-type]

    assert found[BOUND] is None


def test_regions_can_be_denied_by_name(tmp_path: Path) -> None:
    lock = replace(LOCK, allowed_regions=("*",), denied_regions=("eu-central-1",))

    assert denied(tmp_path, *ROWS, lock)[BOUND] is True


def test_policies_that_are_switched_off_deny_nothing(tmp_path: Path) -> None:
    """A policy can be attached while its kind is off for the whole organisation."""
    off = (node("root", "organisation root", ""), *ROWS[1:])

    assert denied(tmp_path, *off, LOCK)[BOUND] is False


def test_an_account_without_a_root_may_be_bound(tmp_path: Path) -> None:
    """A unit that could not be listed breaks the chain above the account."""
    broken = tuple(row for row in ROWS if row.id != "unit")

    assert denied(tmp_path, *broken, LOCK)[BOUND] is None


UNLISTED = Coverage(
    id="gap",
    provider="aws",
    collector="any",
    service="organizations",
    account="",
    region="",
    compartment="",
    outcome="denied",
    open=True,
    complete=UNSEEN,
    reason="denied",
    permission="",
    items=0,
    answers=1,
    refusals=1,
    tables=("guardrails",),
)


def test_policies_that_could_not_be_listed_may_deny(tmp_path: Path) -> None:
    assert denied(tmp_path, *ROWS, UNLISTED)[BOUND] is None


TENANCY = "ocid1.tenancy.oc1..t"
FRANKFURT = replace(
    region(TENANCY),
    id=f"{TENANCY}/eu-frankfurt-1",
    provider="oci",
    operator="Oracle",
    region="eu-frankfurt-1",
)
QUOTA = Guardrail(
    id="quota/1",
    provider="oci",
    account=TENANCY,
    name="us only",
    kind="quota",
    target_id=TENANCY,
    enforced=True,
    limits=("regions",),
    denied_regions=("eu-frankfurt-1",),
)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((QUOTA,), True),
        ((), False),
        ((replace(QUOTA, escapes=("everything but databases",)),), False),
        ((replace(QUOTA, enforced=UNSEEN),), None),
        ((replace(QUOTA, escapes=UNSEEN),), None),
        ((replace(QUOTA, target_id="?", enforced=UNSEEN),), None),
        ((replace(QUOTA, target_id="?", denied_regions=UNSEEN),), None),
        ((replace(QUOTA, target_id=f"{TENANCY}/compartment/prod"),), False),
        ((replace(QUOTA, enforced=False),), False),
        ((replace(QUOTA, allowed_regions=("us-*",), denied_regions=()),), True),
    ],
)
def test_a_quota_closes_a_region_only_if_it_leaves_nothing(
    tmp_path: Path, rows: tuple[Row, ...], expected: bool | None
) -> None:
    """Three-valued: what could not be read may close it."""
    assert denied(tmp_path, FRANKFURT, *rows) == {TENANCY: expected}


def test_quotas_that_could_not_be_listed_may_close_a_region(tmp_path: Path) -> None:
    gap = replace(
        UNLISTED,
        provider="oci",
        collector="oci.limits.quota",
        service="limits",
        account=TENANCY,
        compartment=TENANCY,
    )

    assert denied(tmp_path, FRANKFURT, gap) == {TENANCY: None}
