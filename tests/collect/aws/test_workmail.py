"""What we claim to know about WorkMail, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.collect.aws.workmail import ORGANIZATIONS
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

_ID = "m-" + "0" * 32
pytestmark = pytest.mark.usefixtures("cloud")


def collect(*states: str, state: str = "Active", deny: str = "") -> Collected:
    organization = {"OrganizationId": _ID, "Alias": "corp", "State": state}
    jobs = [{"JobId": each, "S3BucketName": "mail", "State": each} for each in states]
    rules = [
        Rule(
            operation="workmail.ListOrganizations",
            answer={"OrganizationSummaries": [organization]},
        ),
        Rule(operation="workmail.ListMailboxExportJobs", answer={"Jobs": jobs}),
    ]
    return gather((IDENTITY, REGIONS, ORGANIZATIONS), rules=rules, deny=[deny])


def test_an_organisation_is_a_store_until_it_is_deleted() -> None:
    store = collect().stores["corp"]

    assert store.id == f"arn:aws:workmail:{HOME}:{ACCOUNT}:organization/{_ID}"
    assert not collect(state="Deleted").stores


def test_what_was_exported_is_in_the_bucket() -> None:
    (flow,) = collect("FAILED", "COMPLETED", "CANCELLED").flows

    assert (flow.target_id, flow.active) == ("arn:aws:s3:::mail", True)


def test_an_export_that_failed_may_have_left_a_part() -> None:
    (flow,) = collect("FAILED").flows

    assert isinstance(flow.active, Unknown)


def test_refused_jobs_may_have_exported() -> None:
    (flow,) = collect(deny="ListMailboxExportJobs").flows

    assert isinstance(flow.active, Unknown)
