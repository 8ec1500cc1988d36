"""The root user, and what a report on credentials adds."""

import base64

import boto3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.collect.aws.iam_root_user import ROOT_USER
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Answer, Json, Outcome, Unknown
from auditor.spec import Found
from auditor.tables import Principal
from tests.collect.aws.walking import ACCOUNT, HOME, gather

ROOT = f"arn:aws:iam::{ACCOUNT}:root"
ADA = f"arn:aws:iam::{ACCOUNT}:user/ada"
HEAD = (
    "user,arn,password_last_used,access_key_1_active,access_key_1_last_rotated,"
    "access_key_1_last_used_date,access_key_2_active,access_key_2_last_rotated,"
    "access_key_2_last_used_date"
)
OLD, NEW = "2019-05-01T10:00:00+00:00", "2026-11-01T00:00:00+00:00"
REPORT = f"""{HEAD}
<root_account>,{ROOT},{OLD},true,{OLD},N/A,false,N/A,N/A
ada,{ADA},no_information,true,{OLD},{NEW},false,N/A,N/A
bob,arn:aws:iam::{ACCOUNT}:user/bob,N/A,false,N/A,N/A,false,N/A,N/A
"""


def rows(summary: Json, report: str | None) -> dict[str, Principal]:
    content = None if report is None else base64.b64encode(report.encode()).decode()
    known = Answer(outcome=Outcome.OK, body={"Content": content})
    answer = Answer(outcome=Outcome.ABSENT) if report is None else known
    found = Found(
        place={"account": ACCOUNT},
        item={"SummaryMap": summary},
        answers={"report": (answer,)},
        records={"item": (0,), "report": (1,)},
        details={detail.name: detail for detail in ROOT_USER.details},
    )
    made = list(ROOT_USER.rows(found))
    return {row.id: row for row in made if isinstance(row, Principal)}


def test_reads_the_root_user() -> None:
    root = rows({"AccountMFAEnabled": 0, "AccountAccessKeysPresent": 1}, REPORT)[ROOT]

    assert (root.kind, root.password, root.second_factor) == ("root", True, False)
    assert (root.lasting_keys, root.oldest_key) == (1, "2019-05-01T10:00:00Z")
    assert root.last_used == "2019-05-01T10:00:00Z"


def test_a_root_user_may_have_no_password() -> None:
    """An organisation can take it away from its member accounts."""
    summary = {"AccountMFAEnabled": 1, "AccountAccessKeysPresent": 0, "AccountPasswordPresent": 0}

    root = rows(summary, None)[ROOT]

    assert (root.password, root.second_factor, root.lasting_keys) == (False, True, 0)
    assert root.oldest_key == ""
    assert isinstance(root.last_used, Unknown)


def test_a_report_says_when_users_were_last_seen() -> None:
    found = rows({}, REPORT)

    assert found[ADA].last_used == "2026-11-01T00:00:00Z"
    assert found[f"arn:aws:iam::{ACCOUNT}:user/bob"].last_used == ""
    assert isinstance(found[ADA].password, Unknown)


def test_a_summary_that_says_nothing_leaves_root_unknown() -> None:
    root = rows({}, None)[ROOT]

    assert isinstance(root.second_factor, Unknown)
    assert isinstance(root.lasting_keys, Unknown)


@given(st.text())
def test_no_report_is_too_odd(report: str) -> None:
    """What cannot be read is unknown, and never an exception."""
    root = rows({"AccountAccessKeysPresent": 1}, report)[ROOT]

    assert isinstance(root.oldest_key, Unknown)


@pytest.mark.usefixtures("cloud")
def test_a_report_is_read_and_never_ordered() -> None:
    """To have one made would change the account."""
    collected = gather((IDENTITY, ROOT_USER))

    assert {record.request.operation for record in collected.records} == {
        "GetCallerIdentity",
        "GetAccountSummary",
        "GetCredentialReport",
    }
    assert collected.refusals == []


@pytest.mark.usefixtures("cloud")
def test_reads_a_report_as_it_comes() -> None:
    iam = boto3.client("iam", HOME)
    iam.create_user(UserName="ada")
    iam.generate_credential_report()
    iam.generate_credential_report()

    collected = gather((IDENTITY, ROOT_USER))

    users = {row.id: row for row in collected.rows if isinstance(row, Principal)}
    assert users.keys() == {ROOT, ADA}
    assert users[ADA].last_used == ""


@pytest.mark.usefixtures("cloud")
@pytest.mark.parametrize("code", ["ReportNotPresent", "ReportExpired", "ReportInProgress"])
def test_an_account_without_a_report_is_no_gap(code: str) -> None:
    rule = Rule(operation="iam.GetCredentialReport", status=410, code=code)

    assert gather((IDENTITY, ROOT_USER), rules=[rule]).refusals == []
