"""What we claim that Lake Formation lends, given what AWS answered."""

import json
from typing import Any

import boto3
import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.lakeformation import PERMISSIONS, SETTINGS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Attachment, Membership, PolicyDocument, Principal
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

JANE, LAKE = f"arn:aws:iam::{ACCOUNT}:user/jane", f"arn:aws:iam::{ACCOUNT}:role/lake"
RAW = "arn:aws:s3:::lake/raw"
TABLE: dict[str, Json] = {"Table": {"DatabaseName": "d", "Name": "t"}}


@pytest.fixture(autouse=True)
def lake(cloud: None) -> Any:
    """Return a client, once a table lies in a location that is registered with a role."""
    glue = boto3.client("glue", HOME)
    glue.create_database(DatabaseInput={"Name": "d"})
    for name, path in (("t", "raw/t"), ("elsewhere", "other")):
        storage = {"Location": f"s3://lake/{path}/"}
        table = {"Name": name, "StorageDescriptor": storage}
        glue.create_table(DatabaseName="d", TableInput=table)
    client = boto3.client("lakeformation", HOME)
    client.register_resource(ResourceArn=RAW, RoleArn=LAKE)
    return client


def permit(lake: Any, resource: dict[str, Json], *permissions: str, who: str = JANE) -> Collected:
    lake.grant_permissions(
        Principal={"DataLakePrincipalIdentifier": who},
        Resource=resource,
        Permissions=list(permissions),
    )
    return gather((IDENTITY, REGIONS, PERMISSIONS))


def lent(collected: Collected) -> list[Json]:
    """Return actions and resources of what is lent first, per policy that limits it."""
    found: list[Json] = []
    for row in collected.rows:
        if isinstance(row, PolicyDocument):
            assert row.kind == "session"
            assert isinstance(row.document, str)
            first = json.loads(row.document)["Statement"][0]
            found.append((first["Action"], first["Resource"]))
    return found


@pytest.mark.parametrize(
    ("permission", "actions"),
    [
        ("SELECT", ["s3:GetObject"]),
        ("INSERT", ["s3:PutObject"]),
        ("DELETE", ["s3:DeleteObject"]),
        ("ALL", ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]),
    ],
)
def test_a_permission_lends_the_role_of_the_location(
    lake: Any, permission: str, actions: list[str]
) -> None:
    found = permit(lake, TABLE, permission)

    assert lent(found) == [(actions, [f"{RAW}/t/*"])]
    (member,) = [row for row in found.rows if isinstance(row, Membership)]
    assert (member.group_id, member.member_id) == (LAKE, JANE)
    (attached,) = [row for row in found.rows if isinstance(row, Attachment)]
    assert (attached.holder_id, attached.use) == (JANE, "session")


@pytest.mark.parametrize(
    ("resource", "permission", "who"),
    [
        (TABLE, "DESCRIBE", JANE),
        ({"Table": {"DatabaseName": "d", "Name": "elsewhere"}}, "SELECT", JANE),
        ({"Database": {"Name": "d"}}, "ALL", JANE),
        (TABLE, "SELECT", "arn:aws:iam::222222222222:role/r"),
    ],
    ids=["metadata", "not registered", "a database", "another account"],
)
def test_what_lends_nothing(
    lake: Any, resource: dict[str, Json], permission: str, who: str
) -> None:
    found = permit(lake, resource, permission, who=who)

    assert not [row for row in found.rows if isinstance(row, Membership)]


def test_a_location_lends_what_lies_there(lake: Any) -> None:
    """Whoever may make tables there reads through them."""
    found = permit(lake, {"DataLocation": {"ResourceArn": RAW}}, "DATA_LOCATION_ACCESS")

    every = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
    assert lent(found) == [(every, [f"{RAW}/*"])]


@pytest.mark.parametrize(
    "resource",
    [
        {"Table": {"DatabaseName": "d", "Name": "ALL_TABLES", "TableWildcard": {}}},
        {"LFTagPolicy": {"ResourceType": "TABLE", "Expression": []}},
        {"DataCellsFilter": {"DatabaseName": "d", "TableName": "t", "Name": "f"}},
    ],
    ids=["all tables", "by tags", "cells"],
)
def test_tables_that_are_not_named_may_be_anywhere(resource: dict[str, Json]) -> None:
    item: dict[str, Json] = {
        "Principal": {"DataLakePrincipalIdentifier": JANE},
        "Resource": resource,
        "Permissions": ["SELECT"],
    }
    answer: dict[str, Json] = {"PrincipalResourcePermissions": [item]}
    rules = [Rule(operation="lakeformation.ListPermissions", answer=answer)]

    found = gather((IDENTITY, REGIONS, PERMISSIONS), rules=rules)

    (document,) = [row for row in found.rows if isinstance(row, PolicyDocument)]
    assert isinstance(document.document, Unknown)


def test_a_table_that_could_not_be_read_may_be_anywhere(lake: Any) -> None:
    permit(lake, TABLE, "SELECT")

    found = gather((IDENTITY, REGIONS, PERMISSIONS), deny=["GetTable"])

    (document,) = [row for row in found.rows if isinstance(row, PolicyDocument)]
    assert isinstance(document.document, Unknown)


def test_locations_that_could_not_be_listed_are_a_gap(lake: Any) -> None:
    permit(lake, TABLE, "SELECT")

    found = gather((IDENTITY, REGIONS, PERMISSIONS), deny=["ListResources"])

    assert found.refused == ["ListResources"]
    assert not [row for row in found.rows if isinstance(row, Membership)]


def test_administrators_can_give_themselves_everything_that_is_registered(lake: Any) -> None:
    admin = {"DataLakePrincipalIdentifier": JANE}
    lake.put_data_lake_settings(DataLakeSettings={"DataLakeAdmins": [admin]})

    found = gather((IDENTITY, REGIONS, SETTINGS))

    every = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
    assert lent(found) == [(every, [f"{RAW}/*"])]


def test_all_users_and_roles_of_the_account_are_one_holder(lake: Any) -> None:
    found = permit(lake, TABLE, "SELECT", who=f"{ACCOUNT}:IAMPrincipals")

    assert lent(found) == [(["s3:GetObject"], [f"{RAW}/t/*"])]
    (member,) = [row for row in found.rows if isinstance(row, Membership)]
    assert (member.group_id, member.member_id) == (LAKE, f"{ACCOUNT}:IAMPrincipals")


def test_what_is_left_to_policies_of_iam_has_a_holder_of_its_own(lake: Any) -> None:
    found = permit(lake, TABLE, "SELECT", who="IAM_ALLOWED_PRINCIPALS")

    assert lent(found) == [(["s3:GetObject"], [f"{RAW}/t/*"])]
    (attached,) = [row for row in found.rows if isinstance(row, Attachment)]
    assert attached.holder_id == f"{ACCOUNT}:IAM_ALLOWED_PRINCIPALS"


@pytest.mark.parametrize(("what", "kind"), [("user", "person"), ("group", "group")])
def test_people_of_a_directory_are_lent_as_others_are(lake: Any, what: str, kind: str) -> None:
    """Which directory it is, Lake Formation does not say."""
    who = f"arn:aws:identitystore:::{what}/1"
    found = permit(lake, TABLE, "SELECT", who=who)

    assert not found.flows
    assert lent(found) == [(["s3:GetObject"], [f"{RAW}/t/*"])]
    (row,) = [row for row in found.rows if isinstance(row, Principal)]
    assert (row.id, row.kind) == (who, kind)
    assert isinstance(row.account, Unknown)
