"""Who is behind a session, and from where: through chains of roles, and services in between."""

from datetime import timedelta
from pathlib import Path

from auditor.model import Json
from tests.activity.logs import ACCOUNT, START, USER, event
from tests.facts.test_activity import FOREIGN, ROLE, facts, select, written


def _assumed(number: int, asker: Json, credential: str, role: str) -> dict[str, Json]:
    """Somebody assumes a role and is given a credential."""
    return event(
        number,
        START + timedelta(minutes=number),
        eventSource="sts.amazonaws.com",
        eventName="AssumeRole",
        userIdentity=asker,
        resources=[{"ARN": role, "type": "AWS::IAM::Role"}],
        requestParameters={"roleArn": role, "roleSessionName": "s"},
        responseElements={"credentials": {"accessKeyId": credential}},
    )


def _session(role: str, credential: str) -> dict[str, Json]:
    """The identity of a role's session."""
    account, name = role.split(":")[4], role.rpartition("/")[2]
    return {
        "type": "AssumedRole",
        "arn": f"arn:aws:sts::{account}:assumed-role/{name}/s",
        "accountId": account,
        "accessKeyId": credential,
        "sessionContext": {"sessionIssuer": {"type": "Role", "arn": role, "accountId": account}},
    }


def test_a_chain_over_three_accounts_leads_to_its_start(tmp_path: Path) -> None:
    """The role's own account names the outsider by account only; the outsider's names more."""
    hop = "arn:aws:iam::888888888888:role/hop"
    eve = {"type": "IAMUser", "arn": FOREIGN, "accountId": "999999999999"}
    told = [
        _assumed(1, eve, "ASIA1", hop),
        _assumed(2, {"type": "AWSAccount", "accountId": "999999999999"}, "ASIA1", hop),
        _assumed(3, _session(hop, "ASIA1"), "ASIA2", ROLE),
        _assumed(4, {"type": "AWSAccount", "accountId": "888888888888"}, "ASIA2", ROLE),
        event(5, START + timedelta(minutes=5), userIdentity=_session(ROLE, "ASIA2")),
    ]
    found = facts(tmp_path, [written(tmp_path, told)])
    assert (ROLE, FOREIGN) in select(found, "accesses", "principal_id, root_id")


def test_a_credential_that_two_are_said_to_have_got_has_no_known_start(tmp_path: Path) -> None:
    """One of the two is a forgery, and nobody knows which."""
    told = [
        _assumed(1, {"type": "IAMUser", "arn": FOREIGN}, "ASIA1", ROLE),
        _assumed(2, {"type": "IAMUser", "arn": USER, "accountId": ACCOUNT}, "ASIA1", ROLE),
        event(5, START + timedelta(minutes=5), userIdentity=_session(ROLE, "ASIA1")),
    ]
    found = facts(tmp_path, [written(tmp_path, told)])
    assert (ROLE, None) in select(found, "accesses", "principal_id, root_id")


def test_a_session_without_its_credential_has_no_known_start(tmp_path: Path) -> None:
    """Logs of buckets name a session and not who began it: a role is nobody's beginning."""
    told = [event(1, START, userIdentity={**_session(ROLE, ""), "sessionContext": {}})]
    found = facts(tmp_path, [written(tmp_path, told)])
    assert select(found, "accesses", "root_id") == [(None,)]


def test_a_service_that_asks_for_somebody_does_not_hide_where_that_is(tmp_path: Path) -> None:
    """What the session was used from elsewhere tells; of one used nowhere else, nothing does."""
    told = [
        event(1, START, userIdentity=_session(ROLE, "ASIA1"), sourceIPAddress="5.255.255.5"),
        *(
            event(2 + number, START, sourceIPAddress="athena.amazonaws.com", userIdentity={
                **_session(ROLE, credential), "invokedBy": "athena.amazonaws.com"})
            for number, credential in enumerate(("ASIA1", "ASIA2"))
        ),
    ]  # fmt: skip
    found = facts(tmp_path, [written(tmp_path, told)])
    asked = select(found, "accesses", "CASE WHEN origin = 'provider' THEN [country] END")
    assert sorted(filter(None, [row[0] for row in asked]), key=str) == [["RU"], [None]]
