"""A large tenancy's policies: read, and resolved against its stores, in CPU seconds.

1,000 policies with 20,000 statements, hardly two of them alike, over 100 compartments in three
levels and 20,000 stores of eight kinds. Most speak of one compartment and one family, as people
write them; one in a hundred of the whole tenancy, one in fifty of another one.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb

from auditor.collect.oci.iam import parse
from auditor.collect.oci.iam_policies import POLICIES
from auditor.columns import parquet
from auditor.facts.grants import fill_grants
from auditor.facts.rows import RowWriter
from auditor.facts.storage import store_tables
from auditor.spec import Found
from auditor.tables import HierarchyNode, Row, Store
from benchmarks.measure import Measure, cpu_seconds

NOON = "2026-01-02T12:00:00Z"
TENANCY = "ocid1.tenancy.oc1..large"
POLICIES_OF_TENANCY, STATEMENTS, STORES, COMPARTMENTS = 1_000, 20_000, 20_000, 100
_FAMILIES = (
    "object-family",
    "objects",
    "volume-family",
    "volume-backups",
    "file-family",
    "database-family",
    "streams",
    "keys",
)
_KINDS = (
    ("objectstorage", "bucket"),
    ("blockvolume", "volume"),
    ("blockvolume", "backup"),
    ("filestorage", "file system"),
    ("database", "database"),
    ("autonomousdatabase", "database"),
    ("streaming", "stream"),
    ("compute", "image"),
)
_CONDITIONS = (
    "",
    " where request.region = 'iad'",
    " where all {target.bucket.name = /team-NUMBER-*/, request.region != 'fra'}",
    " where any {request.permission = 'OBJECT_READ', all {a.b = 'NUMBER', c.d in ('1', '2')}}",
)


def run() -> Iterator[Measure]:
    """Measure in one process: to read the statements, and all there is to do."""
    policies = [_policy(number) for number in range(POLICIES_OF_TENANCY)]
    parse.cache_clear()
    reading = cpu_seconds(lambda: [row for each in policies for row in POLICIES.rows(each)])
    parse.cache_clear()
    with tempfile.TemporaryDirectory() as folder:
        whole = cpu_seconds(lambda: _derive(Path(folder), policies))
        statements, grants = _counts(Path(folder))
    print(f"# {statements} rows of statements, {grants} grants over {STORES} stores")
    yield Measure(name="permissions.cpu_seconds_reading", value=reading, limit=8)
    yield Measure(name="permissions.cpu_seconds", value=whole, limit=20)


def _derive(folder: Path, policies: list[Found]) -> None:
    (folder / "rows").mkdir()
    with RowWriter(folder / "rows") as writer:
        for row in _places():
            writer.write(row)
        for number in range(STORES):
            writer.write(_store(number))
        for policy in policies:
            for row in POLICIES.rows(policy):
                writer.write(row)
    store_tables(folder / "rows", folder / "facts", lambda database: fill_grants(database, NOON))


def _counts(folder: Path) -> tuple[int, int]:
    tables = ("policy_statements", "grants")
    files = (parquet(folder / "facts" / f"{table}.parquet") for table in tables)
    found = [duckdb.execute(f"SELECT count(*) FROM {file}").fetchall() for file in files]
    ((statements,),), ((grants,),) = found
    return statements, grants


def _compartment(number: int) -> str:
    return f"ocid1.compartment.oc1..c{number}"


def _places() -> Iterator[Row]:
    yield _node(TENANCY, "large", "", "tenancy")
    for number in range(COMPARTMENTS):
        above = TENANCY if number < 10 else _compartment(number // 10)
        yield _node(_compartment(number), f"c{number}", above, "compartment")


def _node(name: str, label: str, above: str, kind: str) -> HierarchyNode:
    return HierarchyNode(id=name, provider="oci", kind=kind, name=label, parent_id=above)


def _policy(number: int) -> Found:
    place = TENANCY if number % 2 else _compartment(number % 10)
    each = STATEMENTS // POLICIES_OF_TENANCY
    statements = [f"define tenancy t{number} as ocid1.tenancy.oc1..t{number}"]
    statements += [_statement(number, n, place == TENANCY) for n in range(each - 1)]
    item = {
        "id": f"ocid1.policy.oc1..{number}",
        "name": f"policy {number}",
        "compartmentId": place,
        "lifecycleState": "ACTIVE",
        "statements": statements,
    }
    return Found(place={"account": TENANCY, "compartment": place}, item=item)


def _statement(policy: int, number: int, of_root: bool) -> str:
    serial = policy * STATEMENTS // POLICIES_OF_TENANCY + number
    verb = ("inspect", "read", "use", "manage")[serial % 4]
    family = _FAMILIES[serial % len(_FAMILIES)]
    where = (
        f"compartment c{serial % 10}" if of_root else f"compartment id {_compartment(serial % 100)}"
    )
    if serial % 100 == 0:
        where = "tenancy"
    condition = _CONDITIONS[serial % len(_CONDITIONS)].replace("NUMBER", str(serial))
    group = f"Team-{serial % 500}"
    if serial % 50 == 0:
        return f"Admit group {group} of tenancy t{policy} to {verb} {family} in {where}{condition}"
    return f"Allow group {group} to {verb} {family} in {where}{condition}"


def _store(number: int) -> Store:
    service, kind = _KINDS[number % len(_KINDS)]
    return Store(
        id=f"ocid1.store.oc1.iad.{number:06}",
        name=f"store {number}",
        provider="oci",
        operator="Oracle",
        account=TENANCY,
        compartment=_compartment(number // len(_KINDS) % COMPARTMENTS),
        region="us-ashburn-1",
        country="US",
        service=service,
        kind=kind,
        backup=kind == "backup",
        data_classes=("us_user_data",) if number % 3 else (),
        classified_by="a rule",
        encrypted=True,
        key_id="",
        public=False,
        locked=False,
        size_bytes=1,
        created=NOON,
        tags={},
    )
