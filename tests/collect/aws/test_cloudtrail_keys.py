"""The public keys of CloudTrail's digests are asked for where digests are to be checked."""

from collections.abc import Iterator

import pytest
from moto import mock_aws

from auditor.collect.aws.client import AwsDoor
from auditor.collect.aws.cloudtrail_keys import KEYS
from auditor.collect.period import within_period
from auditor.demo.aws.transport import Rule, answering
from auditor.demo.logs.trail import trail_key
from auditor.model import Outcome, Request, Target
from tests.fakes import audit

LISTED = trail_key().listed()


@pytest.fixture(scope="module")
def door() -> Iterator[AwsDoor]:
    """An AWS that lists one key; moto knows none."""
    key = {**LISTED, "Value": trail_key().public}
    rule = Rule(operation="cloudtrail.ListPublicKeys", answer={"PublicKeyList": [key]})
    with pytest.MonkeyPatch.context() as patch, mock_aws(), answering([rule]):
        patch.setenv("AWS_ACCESS_KEY_ID", "testing")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        yield AwsDoor(Target(name="main", provider="aws"))


def test_a_key_is_kept_as_it_was_listed(door: AwsDoor) -> None:
    """Its value is the base64 text of the answer, so that evidence can hold it."""
    (keys,) = within_period([KEYS], audit())
    request = Request(
        collector=keys.kind, place={"target": "main"}, step="", service="cloudtrail",
        operation=keys.listing.operation, parameters=keys.listing.parameters, region="us-east-1",
    )  # fmt: skip
    answer = door.ask(request)
    assert answer.outcome is Outcome.OK
    (key,) = answer.body["PublicKeyList"]
    assert (key["Fingerprint"], key["Value"]) == (LISTED["Fingerprint"], LISTED["Value"])
    assert keys.listing.parameters == {"StartTime": "2026-01-01", "EndTime": "2026-01-03"}


def test_it_makes_no_row_and_runs_for_logs_only() -> None:
    """Keys are evidence for the stage that reads logs."""
    assert KEYS.option == "digests"
