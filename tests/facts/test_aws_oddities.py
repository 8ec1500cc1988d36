"""Odd names, roles of the provider's, shares and powers: what must not lose a right."""

from dataclasses import replace

from auditor.model import Person
from auditor.tables import Flow
from tests.facts.deriving import Facts
from tests.facts.test_aws_access import (
    ANN,
    APP,
    BARE,
    DATA,
    FAR,
    ONE,
    allow,
    derived,
    granted,
    managed,
    own,
    policy,
    principal,
    says,
)
from tests.facts.test_aws_strangers import CLOSED, TWO
from tests.fakes import audit


def test_odd_names_break_nothing() -> None:
    """Ids with quotes, signs of every script, and policies as long as AWS takes them."""
    name = f"arn:aws:iam::{ONE}:user/o'néil\"%_\u202e\U0001f600"
    long = [f"arn:aws:s3:::bucket-{number:05}/*" for number in range(1_500)]
    may = policy(name, allow("s3:GetObject", [*long, f"{DATA}/*"]))
    facts = derived(*BARE, CLOSED, principal(name, "user"), *may)
    assert granted(facts, name) == [("read", 1, DATA, True, False, [])]


def test_a_service_linked_role_is_the_providers() -> None:
    """AWS's own roles are no people of ours, and policies of the organisation do not bind them."""
    linked = f"arn:aws:iam::{ONE}:role/aws-service-role/macie.amazonaws.com/AWSServiceRoleForMacie"
    trust = own(linked, says(allow("sts:AssumeRole", Principal={"Service": "macie.amazonaws.com"})))
    rows = (principal(linked, "role"), replace(trust, kind="trust"), managed(False))
    may = policy(linked, allow("s3:GetObject", f"{DATA}/*"))
    facts = derived(*BARE, CLOSED, *rows, *may)
    assert granted(facts, linked) == [("read", 1, DATA, True, False, [])]
    told = {row[0]: row[1:] for row in facts.rows("principals", "id, person_id, human, collective")}
    assert told[linked] == ("", False, False)


def test_a_person_of_two_lines_is_nobodys_and_letters_of_any_case_are_one() -> None:
    """Two lines of the roster that claim a user leave open whose it is."""
    people = [
        Person(id="ann", name="Ann", employer="North", country="US", principals=("Ann@Ex.com",)),
        Person(id="bob", name="Bob", employer="South", country="SG", principals=("ann@ex.COM",)),
    ]
    user = replace(principal("identitystore/d-1/user/u-1", "person"), known_as=("ANN@EX.COM",))
    for roster, known in ((people[:1], "North"), (people, None)):
        facts = Facts([managed(False), user], replace(audit(), roster=tuple(roster)))
        assert facts.one("principals", "employer") == (known,)


def shared_with(account: str) -> Flow:
    """Return that data is shared with an account, in a way that no policy speaks of."""
    return Flow(
        id="flow",
        store_id=DATA,
        provider="aws",
        account=ONE,
        region="us-east-1",
        mechanism="share",
        active=True,
        target_id="",
        target_account=account,
    )


def test_a_snapshot_that_is_shared_is_a_grant_of_the_other_account() -> None:
    """Sharing is not the work of policies."""
    facts = derived(*BARE, shared_with(FAR))
    assert granted(facts, FAR) == [("read", 1, DATA, True, False, [])]


def test_a_share_with_an_account_that_is_ours_reaches_its_root_user() -> None:
    """An audited account's root user takes what is shared with it; another one is an outsider."""
    flow, there = shared_with(TWO), replace(managed(False), id=TWO)
    assert granted(derived(*BARE, flow, there), TWO) == [("read", 1, DATA, True, False, [])]
    root = replace(principal(f"arn:aws:iam::{TWO}:root", "root"), account=TWO)
    rows = granted(derived(*BARE, flow, there, root), root.id)
    assert ("read", 1, DATA, True, False, []) in rows


def test_who_can_stop_a_trail_has_a_power() -> None:
    """A role that may, and a user that may act as it."""
    trusting = own(APP, says(allow("sts:AssumeRole", Principal={"AWS": ANN})), "trust")
    facts = derived(*BARE, trusting, *policy(APP, allow("cloudtrail:StopLogging")))
    rows = facts.rows("powers", "principal_id, power, account, given, path")
    assert (APP, "change trails", ONE, True, []) in rows
    assert (ANN, "change trails", ONE, True, [f"acts as {APP}"]) in rows
    assert {row[0] for row in rows if row[1] == "change guardrails"} == {f"arn:aws:iam::{ONE}:root"}
