"""What we claim to know about exported reports, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.report_exports import REPORTS, SETTINGS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

pytestmark = pytest.mark.usefixtures("cloud")


def collect(**answers: Json) -> Collected:
    rules = [Rule(operation=name.replace("__", "."), answer=each) for name, each in answers.items()]
    return gather((IDENTITY, REGIONS, REPORTS, SETTINGS), rules=rules)


def test_a_report_states_the_region_of_its_bucket() -> None:
    report = {"ReportName": "costs", "S3Bucket": "bills", "S3Region": "eu-central-1"}

    (flow,) = collect(cur__DescribeReportDefinitions={"ReportDefinitions": [report]}).flows

    assert flow.store_id == f"arn:aws:cur:us-east-1:{ACCOUNT}:definition/costs"
    assert (flow.target_id, flow.target_country) == ("arn:aws:s3:::bills", "DE")


def test_audit_manager_names_its_buckets() -> None:
    reports = {"destinationType": "S3", "destination": "s3://evidence/reports"}
    settings = {"defaultAssessmentReportsDestination": reports}

    collected = collect(auditmanager__GetSettings={"settings": settings})
    (flow,) = collected.flows

    assert flow.store_id == f"arn:aws:auditmanager:{HOME}:{ACCOUNT}:settings"
    assert flow.target_id == "arn:aws:s3:::evidence"


def test_settings_without_a_bucket_are_no_row() -> None:
    assert collect(auditmanager__GetSettings={"settings": {}}).processors == {}
