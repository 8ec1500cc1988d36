"""People of the demo tenancy: who of them may read user data, and who only seems to."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from auditor.collect.door import Silence
from auditor.collect.engine import collect
from auditor.collect.oci.client import OciDoor
from auditor.collect.registry import load_collectors
from auditor.columns import parquet
from auditor.demo.oci.credentials import TENANCY
from auditor.demo.tenancy.estate import oci_estate
from auditor.demo.tenancy.plots.people_of_the_tenancy import PEOPLE, group_id, user_id
from auditor.evidence import EvidenceStore, read_evidence
from auditor.facts import derive
from auditor.model import ClassificationRule
from auditor.tables import TABLES
from tests.fakes import audit

KINDS = ("oci.identity.", "oci.objectstorage.bucket")
USERS_READ = f"{TENANCY}/any-user"
LOGIN = "ocid1.domainidentityprovider.oc1..farshore"


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """The tables of what the tenancy says of its people and buckets."""
    bundle = tmp_path_factory.mktemp("people")
    collectors = [
        each
        for each in load_collectors()
        if each.provider == "oci" and (each.axis or each.kind.startswith(KINDS))
    ]
    with oci_estate() as target:
        door = OciDoor(target, wait=lambda seconds: None)
        store = EvidenceStore(bundle)
        now = "2026-11-21T12:00:00Z"
        doors, silence = {target.name: door}, Silence()
        collect([target], collectors, doors, store, now=lambda: now, progress=silence)
        store.close()
        door.close()
    found, told = bundle / "facts", bundle / "statements"
    rule = ClassificationRule(
        name="user", data_classes=("us_user_data",), tags={"data-class": "us-user-data"}
    )
    asked = audit(targets=(target,), classification=(rule,))
    derive(asked, collectors, read_evidence(bundle), statements=told, facts=found)
    return _tables(found)


def _tables(folder: Path) -> duckdb.DuckDBPyConnection:
    database = duckdb.connect()
    for table in TABLES:
        database.execute(
            f"CREATE TABLE {table.table} AS FROM {parquet(folder / f'{table.table}.parquet')}"
        )
    return database


def ask(facts: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    """Return what a query over the tables answers."""
    return facts.execute(query).fetchall()


def test_who_may_read_user_data_is_known_by_name(facts: duckdb.DuckDBPyConnection) -> None:
    """One person of the parent may, and whomever its login says; another one is denied it."""
    readers = ask(
        facts,
        "SELECT DISTINCT principal_id FROM grants WHERE access = 'read' AND given "
        "AND list_contains(data_classes, 'us_user_data') AND len(through) > 0",
    )

    assert {who for (who,) in readers} == {
        LOGIN,
        *(user_id(name) for name in PEOPLE if name != "huimin"),
    }
    assert ask(
        facts,
        f"SELECT DISTINCT path, through FROM grants WHERE principal_id = '{user_id('weilin')}'",
    ) == [(["is in group Parent-Analysts"], [group_id("Parent-Analysts")])]


def test_a_group_without_anybody_gives_nobody_anything(facts: duckdb.DuckDBPyConnection) -> None:
    """It has its right, as has the one that is not there."""
    held = ask(
        facts,
        "SELECT principals.id, enabled FROM principals JOIN grants ON principal_id = principals.id "
        f"WHERE principals.id IN ('{group_id('Parent-Legal')}', '{TENANCY}/group/contractors') "
        "ORDER BY 1",
    )
    through = ask(
        facts,
        "SELECT principal_id FROM grants WHERE list_contains(through, "
        f"'{group_id('Parent-Legal')}')",
    )

    assert held == [(group_id("Parent-Legal"), True), (f"{TENANCY}/group/contractors", False)]
    assert through == []


def test_each_person_is_one_row_of_both_lists(facts: duckdb.DuckDBPyConnection) -> None:
    """One list knows the keys, the other for whom somebody works and where."""
    rows = ask(
        facts,
        "SELECT id, second_factor, lasting_keys, oldest_key[:4], attributes['country'] "
        "FROM principals WHERE kind = 'user' ORDER BY id",
    )

    assert rows == [
        (user_id("huimin"), True, 0, "", "SG"),
        (user_id("ines"), True, 0, "", "US"),
        (user_id("luis"), True, 0, "", "US"),
        (user_id("pipeline"), False, 1, "2026", None),
        (user_id("rafael"), False, 1, "2021", "US"),
        (user_id("weilin"), True, 0, "", "SG"),
    ]
