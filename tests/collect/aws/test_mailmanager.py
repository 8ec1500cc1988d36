"""Where Mail Manager keeps and sends mail, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.mailmanager import ARCHIVES, RELAYS, RULE_SETS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, RELAYS, ARCHIVES, RULE_SETS)
KEY = f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1"
ARCHIVE = "a-000000000001"

pytestmark = pytest.mark.usefixtures("cloud")


def gather_archive(state: str, deny: tuple[str, ...] = ()) -> Collected:
    summary = {"ArchiveId": ARCHIVE, "ArchiveName": "kept"}
    about = {
        **summary,
        "ArchiveArn": f"arn:aws:ses:{HOME}:{ACCOUNT}:mailmanager-archive/{ARCHIVE}",
        "ArchiveState": "ACTIVE",
        "Retention": {"RetentionPeriod": "ONE_YEAR"},
        "KmsKeyArn": KEY,
    }
    export = {"ExportId": "e", "Status": {"State": state}}
    rules = [
        Rule(operation="mailmanager.ListArchives", answer={"Archives": [summary]}),
        Rule(operation="mailmanager.GetArchive", answer=about),
        Rule(operation="mailmanager.ListArchiveExports", answer={"Exports": [export]}),
    ]
    return gather(COLLECTORS, rules=rules, deny=deny)


def test_an_archive_holds_mail() -> None:
    collected = gather_archive("QUEUED")
    store = collected.stores["kept"]

    assert store.id == f"arn:aws:ses:{HOME}:{ACCOUNT}:mailmanager-archive/{ARCHIVE}"
    assert store.key_id == KEY
    assert collected.flows == []


def test_an_export_went_somewhere() -> None:
    """The list does not say to which bucket."""
    (flow,) = gather_archive("COMPLETED").flows

    assert flow.active is True
    assert isinstance(flow.target_id, Unknown)


def test_refusals_leave_the_key_and_the_exports_unknown() -> None:
    collected = gather_archive("FAILED", deny=("GetArchive", "ListArchiveExports"))

    assert isinstance(collected.stores["kept"].key_id, Unknown)
    assert [type(flow.active) for flow in collected.flows] == [Unknown]


def test_a_relay_leads_to_a_server_of_anybody() -> None:
    rules = [
        Rule(operation="mailmanager.ListRelays", answer={"Relays": [{"RelayId": "r-1"}]}),
        Rule(
            operation="mailmanager.GetRelay",
            answer={"RelayId": "r-1", "ServerName": "mx.example.net"},
        ),
    ]

    (flow,) = gather(COLLECTORS, rules=rules).flows

    assert flow.target_id == ""
    assert isinstance(flow.target_account, Unknown)
    assert "mx.example.net" in flow.target_account.reason


def test_a_failed_export_may_have_written_a_part() -> None:
    (flow,) = gather_archive("FAILED").flows

    assert isinstance(flow.active, Unknown)


def test_rules_leave_mail_in_buckets_and_send_it_on() -> None:
    actions = [
        {"WriteToS3": {"RoleArn": "arn:aws:iam::1:role/r", "S3Bucket": "letters"}},
        {"Archive": {"TargetArchive": ARCHIVE}},
        {"Send": {"RoleArn": "arn:aws:iam::1:role/r"}},
        {"Drop": {}},
    ]
    rules = [
        Rule(
            operation="mailmanager.ListRuleSets",
            answer={"RuleSets": [{"RuleSetId": "rs-1", "RuleSetName": "all"}]},
        ),
        Rule(
            operation="mailmanager.GetRuleSet",
            answer={"RuleSetId": "rs-1", "Rules": [{"Actions": actions}]},
        ),
    ]

    flows = gather(COLLECTORS, rules=rules).flows

    assert [flow.target_id for flow in flows] == [
        "arn:aws:s3:::letters",
        f"arn:aws:ses:{HOME}:{ACCOUNT}:mailmanager-archive/{ARCHIVE}",
        "",
    ]
    assert isinstance(flows[-1].target_country, Unknown)


def test_refused_rules_may_send_mail_anywhere() -> None:
    listed = Rule(
        operation="mailmanager.ListRuleSets",
        answer={"RuleSets": [{"RuleSetId": "rs-1", "RuleSetName": "all"}]},
    )

    (flow,) = gather(COLLECTORS, rules=[listed], deny=["GetRuleSet"]).flows

    assert isinstance(flow.active, Unknown)
