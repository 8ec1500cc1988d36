"""A small tenancy of stores and keys, and the policies that speak of them."""

from collections.abc import Sequence
from dataclasses import replace

from auditor.collect.oci.iam_policies import POLICIES
from auditor.model import Json, Unknown
from auditor.spec import Found
from auditor.tables import (
    UNJOINED,
    Coverage,
    HierarchyNode,
    Key,
    Membership,
    Principal,
    Row,
    Store,
)
from tests.facts.deriving import Facts
from tests.fakes import audit

TENANCY, OTHER = "ocid1.tenancy.oc1..ours", "ocid1.tenancy.oc1..other"
PROD, DATA, LOGS = (f"ocid1.compartment.oc1..{name}" for name in ("prod", "data", "logs"))
BUCKET, VOLUME, LOG = "bucket-of-data", "volume-of-data", "bucket-of-logs"


def node(id_: str, name: str, parent: str, kind: str = "compartment") -> HierarchyNode:
    """Return one place of the tenancy."""
    return HierarchyNode(id=id_, provider="oci", kind=kind, name=name, parent_id=parent)


def store(
    id_: str, compartment: str, service: str, kind: str, classes: Sequence[str] | Unknown
) -> Store:
    """Return one store in Ashburn."""
    unknown = Unknown("not part of this test")
    return Store(
        id=id_,
        name=id_,
        provider="oci",
        operator="Oracle",
        account=TENANCY,
        compartment=compartment,
        region="us-ashburn-1",
        country="US",
        service=service,
        kind=kind,
        backup=False,
        data_classes=classes if isinstance(classes, Unknown) else tuple(classes),
        classified_by="a rule",
        encrypted=unknown,
        key_id=unknown,
        public=unknown,
        locked=unknown,
        size_bytes=unknown,
        created=unknown,
        tags={},
    )


def policy(*statements: str, place: str = TENANCY, account: str = TENANCY) -> list[Row]:
    """Return the rows of one policy, as its collector makes them."""
    name = f"policy-of-{place.rpartition('.')[2]}"
    item = {
        "id": name,
        "compartmentId": place,
        "name": "a policy",
        "lifecycleState": "ACTIVE",
        "statements": [
            "define tenancy other as " + OTHER,
            "define tenancy far as ocid1.tenancy.oc1..far",
            *statements,
        ],
    }
    found = Found(place={"account": account, "compartment": place}, item=item)
    return list(POLICIES.rows(found))


def unit(
    account: str, compartment: str = "", *, is_open: bool = False, table: str = "policy_statements"
) -> Coverage:
    """Return the unit of the policies of one account, or of one compartment."""
    return Coverage(
        id=f"here/{account}/{compartment}/{table}",
        provider="oci",
        collector="oci.identity.policy",
        service="identity",
        account=account,
        region="",
        compartment=compartment,
        outcome="denied" if is_open else "complete",
        open=is_open,
        complete=not is_open,
        reason="",
        permission="",
        items=1,
        answers=1,
        refusals=0,
        tables=(table,),
    )


ESTATE: tuple[Row, ...] = (
    node(TENANCY, "ours", "", "tenancy"),
    node(PROD, "Prod", TENANCY),
    node(DATA, "Data", PROD),
    node(LOGS, "Logs", TENANCY),
    store(BUCKET, DATA, "objectstorage", "bucket", ["us_user_data"]),
    store(VOLUME, DATA, "blockvolume", "volume", ["us_user_data"]),
    store(LOG, LOGS, "objectstorage", "bucket", []),
)


def derived(*rows: Row) -> Facts:
    """Return the facts of the estate and more."""
    about = replace(audit(), classification=(), as_of="2026-11-21T12:00:00Z")
    return Facts([*ESTATE, *rows], about)


def principal(id_: str, kind: str, name: str, *known_as: str, account: str = TENANCY) -> Principal:
    """Return somebody of the tenancy, of whom nothing else is known."""
    unknown = Unknown("not part of this test")
    return Principal(
        id=id_,
        provider="oci",
        account=account,
        kind=kind,
        name=name,
        known_as=known_as,
        created=unknown,
        last_used=unknown,
        tags={},
    )


def member(group: str, of: str) -> Membership:
    """Return somebody's place in a group."""
    return Membership(id=f"{group}/{of}", provider="oci", group_id=group, member_id=of)


def reached(facts: Facts, *columns: str) -> dict[tuple[Json, ...], set[str | None]]:
    """Return the stores of grants, by columns of the grants; None for stores nobody knows."""
    found: dict[tuple[Json, ...], set[str | None]] = {}
    wanted = ", ".join(f"grants.{each}" for each in columns)
    for *values, one in facts.query(
        f"SELECT {wanted}, stores.id FROM grants LEFT JOIN extents USING (extent_id) "
        "LEFT JOIN stores ON stores.id BETWEEN first_store AND last_store"
    ):
        found.setdefault(tuple(values), set()).add(one)
    return found


def key(compartment: str) -> Key:
    """Return a key whose users only policies can tell."""
    return Key(
        id="key",
        name="key",
        provider="oci",
        operator="Oracle",
        account=TENANCY,
        compartment=compartment,
        region="us-ashburn-1",
        country="US",
        enabled=True,
        custody="hsm",
        replica_regions=(),
        replica_countries=(),
        principal_accounts=UNJOINED,
        rotates=True,
    )
