"""What we claim that a region offers, given AWS's own list."""

import json

import pytest

from auditor.collect.aws.servicelists import SERVICES
from auditor.demo.aws.transport import Rule
from auditor.tables import Witness
from tests.collect.aws.walking import gather

ROOT = "/aws/service/global-infrastructure/regions"

pytestmark = pytest.mark.usefixtures("cloud")


def rule(path: str, *values: str) -> Rule:
    return Rule(
        operation="ssm.GetParametersByPath",
        words=json.dumps(path),
        answer={"Parameters": [{"Name": f"{path}/{value}", "Value": value} for value in values]},
    )


def test_reads_what_each_region_offers() -> None:
    rules = [
        rule(ROOT, "us-east-1", "eu-west-1"),
        rule(f"{ROOT}/us-east-1/services", "s3", "timestream-write"),
        rule(f"{ROOT}/eu-west-1/services", "s3"),
    ]

    rows = gather([SERVICES], rules=rules).rows

    offered = {(row.region, row.name) for row in rows if isinstance(row, Witness)}
    assert offered == {
        ("us-east-1", "s3"),
        ("us-east-1", "timestream-write"),
        ("eu-west-1", "s3"),
    }


def test_reads_public_parameters_only() -> None:
    """No parameter of a customer is asked for, whatever AWS answers."""
    hostile = rule(ROOT, "../../../customer")

    records = gather([SERVICES], rules=[hostile]).records

    paths = [record.request.parameters["Path"] for record in records]
    assert all(path.startswith(ROOT) for path in paths)
