"""What we claim was charged, given Cost Explorer's answer."""

from dataclasses import replace
from typing import Any

import pytest

from auditor.collect.aws.costs import LINES
from auditor.collect.aws.sts import IDENTITY
from auditor.collect.period import within_period
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.tables import Spend, Witness
from tests.collect.aws.walking import ACCOUNT, TARGET, Collected, gather
from tests.fakes import audit

ASKED = replace(TARGET, options={"bill": "asked"})
AUDIT = audit(period_start="2026-01-01", period_end="2026-02-28", as_of="2026-02-10T09:00:00Z")

pytestmark = pytest.mark.usefixtures("cloud")


def month(*groups: Any) -> dict[str, Any]:
    return {
        "TimePeriod": {"Start": "2026-01-01", "End": "2026-02-01"},
        "Estimated": False,
        "Groups": [
            {
                "Keys": [service, region],
                "Metrics": {"UnblendedCost": {"Amount": "0", "Unit": "USD"}},
            }
            for service, region in groups
        ],
    }


def bill(*months: Any) -> Collected:
    answer = {"ResultsByTime": list(months)} if months else None
    rules = [Rule(operation="ce.GetCostAndUsage", answer=answer)]
    return gather(within_period((IDENTITY, LINES), AUDIT), ASKED, rules=rules)


def test_asks_once_for_the_accounts_own_costs_up_to_the_audits_moment() -> None:
    """Days to come would be refused, and the other accounts have bills of their own."""
    (request,) = [each.request for each in bill(month()).records if each.request.service == "ce"]

    assert request.parameters["TimePeriod"] == {"Start": "2026-01-01", "End": "2026-02-11"}
    assert request.parameters["Filter"] == {
        "Dimensions": {"Key": "LINKED_ACCOUNT", "Values": [ACCOUNT]}
    }


def test_reads_lines_also_of_nothing_charged() -> None:
    """Usage within a free tier is usage."""
    rows = bill(month(("Amazon DynamoDB", "us-east-1"), ("Amazon Route 53", "global"))).rows

    lines = {row.billed_service: row for row in rows if isinstance(row, Spend)}
    assert lines["Amazon DynamoDB"].services == ("dynamodb", "dax")
    assert (lines["Amazon DynamoDB"].region, lines["Amazon DynamoDB"].amount) == ("us-east-1", "0")
    assert lines["Amazon Route 53"].region == ""
    (witness,) = [row for row in rows if isinstance(row, Witness)]
    assert (witness.complete, witness.period_end) == (True, "2026-02-01")
    assert "s3" in witness.covers


def test_a_name_that_nobody_knows_is_said() -> None:
    rows = bill(month(("Amazon Oddity", "us-east-1"))).rows

    (line,) = [row for row in rows if isinstance(row, Spend)]
    assert isinstance(line.services, Unknown)


def test_a_refusal_is_a_gap() -> None:
    assert bill().refused == ["GetCostAndUsage"]


def test_is_not_asked_where_the_audit_says_so() -> None:
    """It costs money."""
    collected = gather(within_period((IDENTITY, LINES), AUDIT), TARGET)

    assert [each.request.service for each in collected.records] == ["sts"]
