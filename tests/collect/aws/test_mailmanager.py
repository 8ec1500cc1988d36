"""Where Mail Manager keeps and sends mail, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.mailmanager import ARCHIVES, RELAYS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, RELAYS, ARCHIVES)
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
    collected = gather_archive("FAILED")
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
