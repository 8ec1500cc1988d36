"""Where Storage Lens exports its figures to, given what AWS answered."""

from typing import Any

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.s3_lens import DASHBOARDS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

ARN = f"arn:aws:s3:{HOME}:{ACCOUNT}:storage-lens/all"
LEVEL: dict[str, Any] = {"BucketLevel": {}}

pytestmark = pytest.mark.usefixtures("cloud")


def dashboards(detail: Rule, home: str = HOME) -> Collected:
    listed = {"Id": "all", "StorageLensArn": ARN, "HomeRegion": home}
    answer = {"StorageLensConfigurationList": [listed]}
    rule = Rule(operation="s3control.ListStorageLensConfigurations", answer=answer)
    return gather((IDENTITY, REGIONS, DASHBOARDS), rules=[detail, rule])


def answer(**more: Any) -> Rule:
    lens = {"Id": "all", "AccountLevel": LEVEL, "IsEnabled": True, **more}
    return Rule(
        operation="s3control.GetStorageLensConfiguration",
        answer={"StorageLensConfiguration": lens},
    )


def test_an_export_names_bucket_and_account() -> None:
    target = {
        "Format": "CSV",
        "OutputSchemaVersion": "V_1",
        "AccountId": "999999999999",
        "Arn": "arn:aws:s3:::figures",
    }

    (flow,) = dashboards(answer(DataExport={"S3BucketDestination": target})).flows

    assert (flow.store_id, flow.target_id, flow.target_account, flow.active) == (
        ARN,
        "arn:aws:s3:::figures",
        "999999999999",
        True,
    )


def test_a_dashboard_without_export_makes_no_row() -> None:
    """AWS keeps one in every account."""
    collected = dashboards(answer())

    assert (collected.processors, collected.flows) == ({}, [])


def test_a_dashboard_is_read_once() -> None:
    assert dashboards(answer(), home="eu-west-1").flows == []


def test_a_refused_dashboard_may_export() -> None:
    (flow,) = dashboards(Rule(operation="s3control.GetStorageLensConfiguration")).flows

    assert isinstance(flow.target_id, Unknown)


def test_no_dashboards_are_an_empty_list() -> None:
    """The wire format leaves out the whole list, which may not read as an answer of no sense."""
    rule = Rule(operation="s3control.ListStorageLensConfigurations", answer={})
    records = gather((IDENTITY, REGIONS, DASHBOARDS), rules=[rule]).records

    assert [
        record.answer.body["StorageLensConfigurationList"]
        for record in records
        if record.request.operation == "ListStorageLensConfigurations"
    ] == [[]]
