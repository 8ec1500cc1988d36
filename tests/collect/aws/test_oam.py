"""What we claim to know about monitoring across accounts, given what AWS answered."""

from dataclasses import replace

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.oam import CENTRALIZATION_RULES, LINKS, SINKS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, TARGET, Collected, gather

SINK = f"arn:aws:oam:{HOME}:999999999999:sink/1"
RULE = f"arn:aws:observability-admin:{HOME}:{ACCOUNT}:organization-centralization-rule/all"

MANAGING = replace(TARGET, options={"organization_role": "audit"})

pytestmark = pytest.mark.usefixtures("cloud")


def test_a_link_shows_logs_to_the_account_of_its_sink() -> None:
    link = {"Arn": f"arn:aws:oam:{HOME}:{ACCOUNT}:link/1", "Label": "to-them", "SinkArn": SINK}
    rules = [Rule(operation="oam.ListLinks", answer={"Items": [link]})]

    (flow,) = gather((IDENTITY, REGIONS, LINKS), rules=rules).flows

    assert (flow.mechanism, flow.target_id) == ("share", SINK)
    assert (flow.target_account, flow.target_country) == ("999999999999", "US")


def test_a_sink_is_the_other_end() -> None:
    rules = [Rule(operation="oam.ListSinks", answer={"Items": [{"Arn": SINK, "Name": "all"}]})]

    collected = gather((IDENTITY, REGIONS, SINKS), rules=rules)

    assert collected.processors["all"].id == SINK
    assert collected.flows == []


def centralize(*deny: str) -> Collected:
    summary = {
        "RuleName": "all",
        "RuleArn": RULE,
        "CreatedRegion": HOME,
        "CreatorAccountId": ACCOUNT,
        "DestinationAccountId": "333333333333",
        "DestinationRegion": "us-west-2",
    }
    backup = {"BackupConfiguration": {"Region": "eu-central-1"}}
    destination = {"Region": "us-west-2", "DestinationLogsConfiguration": backup}
    source = {"Regions": [HOME]}
    rules = [
        Rule(
            operation="observabilityadmin.ListCentralizationRulesForOrganization",
            answer={"CentralizationRuleSummaries": [summary]},
        ),
        Rule(
            operation="observabilityadmin.GetCentralizationRuleForOrganization",
            answer={"CentralizationRule": {"Source": source, "Destination": destination}},
        ),
    ]
    return gather((CENTRALIZATION_RULES,), MANAGING, rules=rules, deny=deny)


def test_centralised_logs_have_a_second_copy() -> None:
    """The list names the first place only."""
    collected = centralize()
    copy, backup = collected.flows

    assert collected.processors["all"].account == ACCOUNT
    assert (copy.mechanism, copy.target_country) == ("copy", "US")
    assert (backup.mechanism, backup.target_country) == ("backup", "DE")
    assert backup.target_account == "333333333333"


def test_a_refused_rule_may_have_a_second_copy() -> None:
    _, backup = centralize("GetCentralizationRuleForOrganization").flows

    assert backup.mechanism == "backup"
    assert isinstance(backup.active, Unknown)
