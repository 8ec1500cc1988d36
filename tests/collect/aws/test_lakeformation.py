"""What we claim to know about Lake Formation, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.lakeformation import LOCATIONS, PERMISSIONS, SETTINGS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Flow
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

pytestmark = pytest.mark.usefixtures("cloud")

_ORGANIZATION = "arn:aws:organizations::222222222222:organization/o-1"


def granted(principal: str, **resource: Json) -> list[Flow]:
    item = {"Principal": {"DataLakePrincipalIdentifier": principal}, "Resource": resource}
    answer = {"PrincipalResourcePermissions": [item]}
    rules = [Rule(operation="lakeformation.ListPermissions", answer=answer)]
    return gather((IDENTITY, REGIONS, PERMISSIONS), rules=rules).flows


def settings(**values: Json) -> Collected:
    rules = [
        Rule(operation="lakeformation.GetDataLakeSettings", answer={"DataLakeSettings": values})
    ]
    return gather((IDENTITY, REGIONS, SETTINGS), rules=rules)


def test_a_table_granted_to_another_account_leaves_its_database() -> None:
    (flow,) = granted("222222222222", Table={"DatabaseName": "d", "Name": "t"})

    assert flow.store_id == f"arn:aws:glue:{HOME}:{ACCOUNT}:database/d"
    assert (flow.mechanism, flow.target_account) == ("share", "222222222222")
    assert flow.id.endswith("222222222222/t")


@pytest.mark.parametrize(
    "principal", ["IAM_ALLOWED_PRINCIPALS", f"arn:aws:iam::{ACCOUNT}:role/r", ACCOUNT]
)
def test_grants_within_the_account_are_no_way_out(principal: str) -> None:
    assert not granted(principal, Database={"Name": "d"})


def test_an_organisation_is_not_its_management_account() -> None:
    """The ARN of an organisation carries that account's number."""
    (flow,) = granted(_ORGANIZATION, Database={"Name": "d"})

    assert isinstance(flow.target_account, Unknown)


def test_a_location_is_granted_by_its_bucket() -> None:
    place = {"ResourceArn": "arn:aws:s3:::lake/raw"}

    (flow,) = granted("arn:aws:iam::222222222222:role/r", DataLocation=place)

    assert flow.store_id == "arn:aws:s3:::lake"


def test_no_engine_outside_reads_by_default() -> None:
    found = settings(AllowExternalDataFiltering=False)

    assert not found.processors
    assert not found.flows


def test_engines_outside_read_for_the_accounts_on_the_list() -> None:
    found = settings(
        AllowExternalDataFiltering=True,
        AllowFullTableExternalDataAccess=True,
        ExternalDataFilteringAllowList=[{"DataLakePrincipalIdentifier": "222222222222"}],
    )

    whole, share = found.flows
    assert isinstance(whole.target_account, Unknown)
    assert share.target_account == "222222222222"


def test_a_registered_location_leads_to_its_bucket() -> None:
    answer = {"ResourceInfoList": [{"ResourceArn": "arn:aws:s3:::lake/raw"}]}
    rules = [Rule(operation="lakeformation.ListResources", answer=answer)]

    (flow,) = gather((IDENTITY, REGIONS, LOCATIONS), rules=rules).flows

    assert flow.target_id == "arn:aws:s3:::lake"


@pytest.mark.parametrize(
    ("admin", "is_seen"), [("user/moto", True), ("role/lake-admin", False), (None, True)]
)
def test_permissions_are_listed_whole_to_administrators_only(
    admin: str | None, is_seen: bool
) -> None:
    """Whoever is no administrator gets a part of the list, which looks like all of it."""
    named = [{"DataLakePrincipalIdentifier": f"arn:aws:iam::{ACCOUNT}:{admin}"}] if admin else []

    flows = settings(ReadOnlyAdmins=named).flows

    assert [flow.mechanism for flow in flows] == ([] if is_seen else ["share"])
    assert all(isinstance(flow.active, Unknown) for flow in flows)
