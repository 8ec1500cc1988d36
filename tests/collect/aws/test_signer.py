"""What we claim to know about files that were signed, given what AWS answered."""

from dataclasses import replace
from typing import Any

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.signer import JOBS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Artifact
from tests.collect.aws.walking import ACCOUNT, HOME, gather

PERIOD_END = "2026-01-01T00:00:00.000Z"
JOB: Json = {
    "jobId": "1",
    "status": "Succeeded",
    "isRevoked": False,
    "profileName": "release",
    "profileVersion": "v1",
    "createdAt": "2025-06-01T00:00:00Z",
    "signatureExpiresAt": "2030-01-01T00:00:00Z",
    "signedObject": {"s3": {"bucketName": "signed", "key": "app.zip"}},
}

pytestmark = pytest.mark.usefixtures("cloud")


def found(
    status: str = "Active",
    deny: str = "",
    since: str = PERIOD_END,
    version: str = "v1",
    **about: Any,
) -> Artifact:
    profile = {"profileName": "release", "status": status, "profileVersion": version}
    rules = [
        Rule(operation="signer.ListSigningJobs", answer={"jobs": [{**JOB, **about}]}),
        Rule(operation="signer.GetSigningProfile", answer=profile),
    ]
    collectors = (IDENTITY, REGIONS, replace(JOBS, since=since))
    (row,) = [
        row
        for row in gather(collectors, rules=rules, deny=[deny]).rows
        if isinstance(row, Artifact)
    ]
    return row


def test_a_file_that_was_signed_is_named_and_has_no_digest() -> None:
    row = found()

    assert row.id == f"arn:aws:signer:{HOME}:{ACCOUNT}:/signing-jobs/1"
    assert (row.kind, row.name, row.store_id) == (
        "file",
        "s3://signed/app.zip",
        "arn:aws:s3:::signed",
    )
    assert isinstance(row.digest, Unknown)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, True, id="in order"),
        pytest.param({"status": "Canceled"}, True, id="profile cancelled"),
        pytest.param({"isRevoked": True}, False, id="taken back"),
        pytest.param({"signatureExpiresAt": "2025-12-31T23:59:59Z"}, False, id="over"),
        pytest.param({"status": "Revoked"}, None, id="profile revoked"),
        pytest.param({"version": "v2"}, None, id="profile made anew"),
        pytest.param({"deny": "GetSigningProfile"}, None, id="profile refused"),
        pytest.param({"since": "{midnight}"}, None, id="no period"),
    ],
)
def test_a_signature_stands_unless_something_ended_it(
    changes: dict[str, Any], expected: bool | None
) -> None:
    signed = found(**changes).signed

    assert isinstance(signed, Unknown) if expected is None else signed is expected
