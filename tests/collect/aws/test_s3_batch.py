"""Where batch jobs take objects to, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.s3_batch import JOBS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

JOB = f"arn:aws:s3:{HOME}:{ACCOUNT}:job/job-1"

pytestmark = pytest.mark.usefixtures("cloud")


def jobs(status: str = "Active", does: str = "S3PutObjectCopy", *detail: Rule) -> Collected:
    listed = {"JobId": "job-1", "Operation": does, "Status": status}
    target = {"S3PutObjectCopy": {"TargetResource": "arn:aws:s3:::elsewhere"}}
    rules = [
        *detail,
        Rule(operation="s3control.ListJobs", answer={"Jobs": [listed]}),
        Rule(operation="s3control.DescribeJob", answer={"Job": {"Operation": target}}),
    ]
    return gather((IDENTITY, REGIONS, JOBS), rules=rules)


def test_a_running_job_copies_to_its_target() -> None:
    collected = jobs()

    assert [job.id for job in collected.processors.values()] == [JOB]
    (flow,) = collected.flows
    assert (flow.store_id, flow.mechanism, flow.target_id, flow.active) == (
        JOB,
        "copy",
        "arn:aws:s3:::elsewhere",
        True,
    )


@pytest.mark.parametrize(("status", "active"), [("Complete", True), ("Cancelled", None)])
def test_what_a_job_has_copied_stays_there(status: str, active: bool | None) -> None:
    """A log that was exported, and a database, are told likewise once they are."""
    (flow,) = jobs(status).flows

    assert flow.active is active or (active is None and isinstance(flow.active, Unknown))


def test_a_job_that_tags_objects_moves_nothing() -> None:
    collected = jobs(does="S3PutObjectTagging")

    assert (collected.processors, collected.flows) == ({}, [])


def test_a_job_that_cannot_be_described_may_copy_anywhere() -> None:
    (flow,) = jobs("Active", "S3PutObjectCopy", Rule(operation="s3control.DescribeJob")).flows

    assert isinstance(flow.target_id, Unknown)
