"""What we claim to know about Data Exchange, given what AWS answered."""

import pytest

from auditor.collect.aws.dataexchange import ACTIONS, DATA_SETS, GRANTS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

pytestmark = pytest.mark.usefixtures("cloud")

_STRANGER = "222222222222"
_ARN = f"arn:aws:dataexchange:{HOME}:{ACCOUNT}"
_DATES = {"CreatedAt": 0, "UpdatedAt": 0}


def test_a_data_set_of_files_keeps_data_and_others_do_not() -> None:
    several: list[Json] = [
        {
            "Arn": f"{_ARN}:data-sets/{kind}",
            "Id": kind,
            "Name": kind,
            "AssetType": kind,
            "Description": "x",
            "Origin": "OWNED",
            **_DATES,
        }
        for kind in ("S3_SNAPSHOT", "API_GATEWAY_API")
    ]
    rules = [Rule(operation="dataexchange.ListDataSets", answer={"DataSets": several})]

    found: Collected = gather((IDENTITY, REGIONS, DATA_SETS), rules=rules)

    assert list(found.stores) == ["S3_SNAPSHOT"]
    assert list(found.processors) == ["API_GATEWAY_API"]
    assert all(isinstance(flow.active, Unknown) for flow in found.flows)


@pytest.mark.parametrize("state", ["ACCEPTED", "PENDING_RECEIVER_ACCEPTANCE"])
def test_a_grant_shares_a_data_set(state: str) -> None:
    grant = {
        "Id": "g",
        "Arn": f"{_ARN}:data-grants/g",
        "Name": "g",
        "SenderPrincipal": ACCOUNT,
        "ReceiverPrincipal": _STRANGER,
        "AcceptanceState": state,
        "DataSetId": "copy",
        "SourceDataSetId": "1",
        **_DATES,
    }
    rules = [Rule(operation="dataexchange.ListDataGrants", answer={"DataGrantSummaries": [grant]})]

    (flow,) = gather((IDENTITY, REGIONS, GRANTS), rules=rules).flows

    assert (flow.store_id, flow.target_account) == (f"{_ARN}:data-sets/1", _STRANGER)
    assert (flow.active is True) == (state == "ACCEPTED")


def test_each_new_revision_may_be_exported() -> None:
    action = {
        "Arn": f"{_ARN}:event-actions/1",
        "Id": "1",
        "Action": {"ExportRevisionToS3": {"RevisionDestination": {"Bucket": "in"}}},
        "Event": {"RevisionPublished": {"DataSetId": "9"}},
        **_DATES,
    }
    rules = [Rule(operation="dataexchange.ListEventActions", answer={"EventActions": [action]})]

    (flow,) = gather((IDENTITY, REGIONS, ACTIONS), rules=rules).flows

    assert (flow.mechanism, flow.target_id) == ("export", "arn:aws:s3:::in")
