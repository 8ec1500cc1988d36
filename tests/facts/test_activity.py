"""Facts of logs: who did what, from where, and everything that logs cannot show as a gap."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from auditor.activity.addresses import open_databases
from auditor.activity.recording import Source
from auditor.demo.logs.export import write_exports
from auditor.demo.logs.trail import StoredObject
from auditor.facts.activity import read_activity
from auditor.facts.derive import fill
from auditor.facts.recordings import NO_LOGS
from auditor.facts.rows import RowWriter
from auditor.facts.storage import store_tables
from auditor.model import Json, Unknown
from auditor.tables import Flow, Region, Row, Trail
from tests.activity.logs import ACCOUNT, REGION, START, event, lay, objects, recorded, scope, source
from tests.facts.acting import bucket
from tests.facts.identifying import ACCOUNT as ACCOUNT_ROW
from tests.fakes import COLLECTORS, audit

ROLE = f"arn:aws:iam::{ACCOUNT}:role/deploy"
FOREIGN = "arn:aws:iam::999999999999:user/eve"
TRAIL = Trail(
    id="t", name="main", provider="aws", account=ACCOUNT, region=REGION, logging=True,
    all_regions=True, organization=False, management_events=True, integrity=True,
    retention_days=0, destination_id="arn:aws:s3:::logs",
)  # fmt: skip


def facts(
    folder: Path,
    sources: Sequence[Source],
    regions: Sequence[str] = (REGION,),
    more: Sequence[Row] = (),
) -> Path:
    """Record logs and derive what they tell of an account with these regions."""
    about = replace(scope(), databases=open_databases(()))
    if sources:
        recorded(folder / "bundle", sources, about)
    told = audit(
        period_start=about.period_start,
        period_end=about.period_start,
        as_of=about.as_of,
        logs=tuple(replace(each.log, folder="") for each in sources),
    )
    written, found = folder / "rows", folder / "facts"
    written.mkdir(parents=True)
    with RowWriter(written) as writer:
        for row in (*map(_region, regions), *more):
            writer.write(row)
    activity = folder / "bundle" / "activity"
    store_tables(written, found, lambda db: fill(db, told, COLLECTORS, (), (), activity))
    return found


def _region(name: str) -> Region:
    return Region(
        id=f"{ACCOUNT}/{name}",
        provider="aws",
        operator="Amazon Web Services",
        account=ACCOUNT,
        region=name,
        country="US",
        enabled=True,
        home=False,
        creation_denied=False,
    )


def select(folder: Path, table: str, columns: str) -> list[Any]:
    """Rows of one table, in the order of their ids."""
    with duckdb.connect() as database:
        query = f"SELECT {columns} FROM '{folder}/{table}.parquet' ORDER BY id"
        return database.execute(query).fetchall()


def written(folder: Path, told: list[dict[str, Json]]) -> Source:
    """A day of a trail with these events, one hour more so that its last digest is signed."""
    return source(lay(folder / "logs", objects(hours=25, told=told)))


def test_no_log_is_a_gap_over_everything(tmp_path: Path) -> None:
    """Without logs nothing about who did reach the data can pass."""
    found = facts(tmp_path, [])
    assert select(found, "coverage", "id, open, reason, tables") == [
        ("log", True, NO_LOGS, ["accesses"])
    ]


def test_a_whole_log_leaves_no_gap(tmp_path: Path) -> None:
    """A day with every digest is complete."""
    found = facts(tmp_path, [written(tmp_path, [event(1, START)])], more=[TRAIL])
    assert select(found, "coverage", "id, open, complete") == [
        (f"log/disk/{ACCOUNT}/{REGION}", False, True)
    ]
    assert select(found, "recordings", "integrity, whole, events, files") == [(True, True, 1, 1)]


def test_a_region_without_a_log_is_a_gap(tmp_path: Path) -> None:
    """An enabled region of which no log tells may have seen anything."""
    sources = [written(tmp_path, [event(1, START)])]
    found = facts(tmp_path, sources, (REGION, "eu-central-1"))
    assert select(found, "coverage", "id, open")[0] == (f"log/{ACCOUNT}/eu-central-1", True)


def test_a_source_without_files_is_a_gap(tmp_path: Path) -> None:
    """A folder in which nothing lies, and one that is not there."""
    (tmp_path / "empty").mkdir()
    sources = [source(tmp_path / "empty", "empty"), source(tmp_path / "none", "none")]
    found = facts(tmp_path, sources, ())
    assert select(found, "coverage", "id, outcome, open") == [
        ("log/empty", "unasked", True),
        ("log/none", "unasked", True),
        ("log/none/refusals", "failed", True),
    ]


def test_the_start_of_a_chain_of_roles_is_found(tmp_path: Path) -> None:
    """Whoever assumed the role stands at the root of what its session did."""
    assume = event(
        1,
        START,
        eventSource="sts.amazonaws.com",
        eventName="AssumeRole",
        userIdentity={"type": "IAMUser", "arn": FOREIGN, "accountId": "999999999999"},
        resources=[{"ARN": ROLE, "type": "AWS::IAM::Role", "accountId": ACCOUNT}],
        requestParameters={"roleArn": ROLE, "roleSessionName": "s"},
        responseElements={"credentials": {"accessKeyId": "ASIA1"}, "assumedRoleUser": {
            "arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/deploy/s"}},
    )  # fmt: skip
    session = {
        "type": "AssumedRole",
        "arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/deploy/s",
        "accountId": ACCOUNT,
        "accessKeyId": "ASIA1",
        "sessionContext": {"sessionIssuer": {"type": "Role", "arn": ROLE, "accountId": ACCOUNT}},
    }
    read = event(2, START + timedelta(minutes=5), userIdentity=session)
    lost = event(3, START, userIdentity={**session, "accessKeyId": "ASIA2"})
    found = facts(tmp_path, [written(tmp_path, [assume, read, lost])])
    told = select(found, "accesses", "principal_id, root_id")
    assert (ROLE, FOREIGN) in told
    assert (ROLE, None) in told


@pytest.mark.parametrize(
    ("address", "more", "expected"),
    [
        ("8.8.8.8", {}, ("internet", "US", ["US"], "")),
        ("10.0.0.8", {}, ("private", None, [], "")),
        ("10.0.0.8", {"vpcEndpointId": "vpce-1"}, ("endpoint", "US", ["US"], "vpce-1")),
        ("athena.amazonaws.com", {}, ("provider", None, [], "")),
        ("192.0.2.1", {}, ("internet", None, [], "")),
    ],
)
def test_where_an_access_came_from(
    tmp_path: Path, address: str, more: dict[str, Json], expected: tuple[object, ...]
) -> None:
    """An endpoint stands for its region; what nobody can place stays unknown."""
    told = [event(1, START, sourceIPAddress=address, **more)]
    found = facts(tmp_path, [written(tmp_path, told)])
    assert select(found, "accesses", "origin, country, countries, network") == [expected]


def test_an_endpoint_of_an_account_that_was_not_looked_at_is_nowhere(tmp_path: Path) -> None:
    """Behind it may be any network: that the log lies in a region says nothing of whence."""
    stranger = {"type": "AWSAccount", "accountId": "999999999999"}
    told = event(1, START, userIdentity=stranger, vpcEndpointId="vpce-1")
    found = facts(tmp_path, [written(tmp_path, [told])])
    assert select(found, "accesses", "origin, country, countries") == [("endpoint", None, [])]


@pytest.mark.parametrize(
    ("trails", "reason"),
    [
        ((), "was not collected"),
        ((replace(TRAIL, name="other"),), "was not collected"),
        ((replace(TRAIL, management_events=False),), "leaves out some management events"),
        ((replace(TRAIL, management_events=Unknown("?")),), "leaves out some management events"),
    ],
    ids=["none", "another", "not all events", "nobody knows"],
)
def test_digests_of_a_trail_that_may_leave_out_events_are_a_gap(
    tmp_path: Path, trails: Sequence[Row], reason: str
) -> None:
    """They vouch for the files, and not for what the trail records."""
    found = facts(tmp_path, [written(tmp_path, [event(1, START)])], more=trails)
    (gap,) = [row for row in select(found, "coverage", "id, open, reason") if "events" in row[0]]
    assert gap[:2] == (f"log/disk/{ACCOUNT}/{REGION}/events", True)
    assert reason in gap[2]


def test_malformed_records_are_a_gap(tmp_path: Path) -> None:
    """What could not be read may have been an access."""
    day = objects(hours=25, told=[event(1, START)])
    lay(tmp_path / "logs", day)
    lay(tmp_path / "logs", {"2025-10-01.json": StoredObject(data=b'{"Records": [7]}')})
    found = facts(tmp_path, [source(tmp_path / "logs")], more=[TRAIL])
    assert select(found, "coverage", "id, reason")[1] == (
        "log/disk/refusals",
        "files or places of the log that could not be read in full: 1, such as 2025-10-01.json: "
        "1 of its lines or records could not be read",
    )


@pytest.mark.parametrize(("active", "gaps"), [(True, 0), (False, 1), (Unknown("?"), 1)])
def test_a_connector_that_was_stopped_is_a_gap(
    tmp_path: Path, active: bool | Unknown, gaps: int
) -> None:
    """What it does not export any more is in no file."""
    write_exports(tmp_path / "logs", (START + timedelta(days=1)).date())
    connector = "ocid1.serviceconnector.oc1.iad.demo"
    flow = Flow(
        id="f",
        store_id=connector,
        mechanism="stream",
        provider="oci",
        account="ocid1.tenancy",
        region="us-ashburn-1",
        target_id="bucket",
        target_account="",
        target_region="",
        target_country="",
        target_operator="",
        active=active,
    )
    sources = [source(tmp_path / "logs", "oci", "oci audit")]
    found = facts(tmp_path, sources, (), [flow])
    named = [row for row in select(found, "coverage", "id") if connector in row[0]]
    assert len(named) == gaps


def test_nothing_is_read_where_nothing_was_recorded(tmp_path: Path) -> None:
    """An empty folder makes no row."""
    with duckdb.connect() as database:
        read_activity(database, tmp_path, audit())


@pytest.mark.parametrize(
    ("source_name", "name", "expected"),
    [
        ("athena", "GetQueryResults", None),  # names the query, and no table
        ("logs", "GetQueryResults", None),
        ("iam", "CreateUser", ""),
        ("sts", "GetCallerIdentity", ""),
    ],
)
def test_content_is_always_somebodys(
    tmp_path: Path, source_name: str, name: str, expected: str | None
) -> None:
    """Where an event does not say which content was read, it may have been anything."""
    told = event(
        1, START, eventSource=f"{source_name}.amazonaws.com", eventName=name, resources=None,
        requestParameters={"queryExecutionId": "q"}, managementEvent=True, readOnly=None,
    )  # fmt: skip
    found = facts(tmp_path, [written(tmp_path, [told])])
    assert select(found, "accesses", "store_id") == [(expected,)]
    assert select(found, "accesses", "data_classes IS NULL") == [(expected is None,)]


def test_anybody_is_an_outsider(tmp_path: Path) -> None:
    """Who did not sign in belongs to no account, and certainly to none of ours."""
    told = event(1, START, userIdentity={"type": "AWSAccount", "accountId": "ANONYMOUS_PRINCIPAL"})
    found = facts(tmp_path, [written(tmp_path, [told])])
    assert select(found, "accesses", "principal_id, principal_account") == [("anybody", "*")]


def test_an_account_whose_regions_are_not_known_is_a_gap(tmp_path: Path) -> None:
    """No region of it was listed, and no log tells of it."""
    more = replace(ACCOUNT_ROW, id="333333333333")
    found = facts(tmp_path, [written(tmp_path, [event(1, START)])], more=[more])
    assert ("log/333333333333", True) in select(found, "coverage", "id, open")


def test_reads_that_no_trail_records_are_a_gap(tmp_path: Path) -> None:
    """A trail of management events shows nothing of who read objects."""
    store = bucket("user-videos", account=ACCOUNT)
    listed = event(1, START, eventName="ListBuckets", managementEvent=True, resources=None)
    found = facts(tmp_path / "a", [written(tmp_path / "a", [listed])], more=[store])
    gap = (f"log/{ACCOUNT}/content/s3", True)
    assert gap in select(found, "coverage", "id, open")
    found = facts(tmp_path / "b", [written(tmp_path / "b", [event(1, START)])], more=[store])
    assert gap not in select(found, "coverage", "id, open")
