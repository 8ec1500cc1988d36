"""Who reaches stores of AWS without being one of the account's users and roles."""

from dataclasses import replace

import pytest

from auditor.model import Json
from auditor.tables import Coverage, HierarchyNode, Membership, Row
from tests.facts.granting import unit
from tests.facts.test_aws_access import (
    ANN,
    APP,
    BARE,
    DATA,
    FAR,
    LOGS,
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

TWO = "222222222222"
READS = policy(APP, allow("s3:GetObject", f"{DATA}/*"))


def opened(*statements: Json) -> tuple[Row, ...]:
    return (own(DATA, says(*statements)), own(LOGS, ""), CLOSED)


def trusting(**statement: Json) -> Row:
    actions = ["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"]
    return own(APP, says({"Effect": "Allow", "Action": actions, **statement}), "trust")


CLOSED = trusting(Principal={"Service": "ec2.amazonaws.com"})


def profile(id_: str = "p-1") -> tuple[Row, ...]:
    who = principal(f"arn:aws:rolesanywhere:us-east-1:{ONE}:profile/{id_}", "federation")
    member = Membership(id=f"{APP}/{who.id}", provider="aws", group_id=APP, member_id=who.id)
    return who, member


def unread(*tables: str, account: str = ONE) -> Coverage:
    found = replace(unit(account, is_open=True), provider="aws", tables=tables)
    return replace(found, id=f"{found.id}/iam", collector="aws.iam.role", service="iam")


def test_a_certificate_lets_in_as_the_roles_of_its_profile() -> None:
    """Roles Anywhere: whoever has one acts as a role that trusts that service, and as no other."""
    who, member = profile()
    trusted = trusting(Principal={"Service": "rolesanywhere.amazonaws.com"})
    facts = derived(*BARE, who, member, trusted, *READS)
    assert granted(facts, str(who.id)) == [("read", 1, DATA, True, False, [])]
    other = trusting(Principal={"Service": "ec2.amazonaws.com"})
    assert granted(derived(*BARE, who, member, other, *READS), str(who.id)) == []


def test_a_certificate_must_say_what_the_role_asks_of_it() -> None:
    """What a certificate says comes as tags of the session."""
    who, member = profile()
    asked = {"StringEquals": {"aws:PrincipalTag/x509Subject/CN": "batch"}}
    trusted = trusting(Principal={"Service": "rolesanywhere.amazonaws.com"}, Condition=asked)
    (row,) = granted(derived(*BARE, who, member, trusted, *READS), str(who.id))
    assert row[3:] == (True, True, ["aws:principaltag/x509subject/cn"])


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("cognito-identity.amazonaws.com", "federation"),
        ("accounts.google.com", "federation"),
        (f"arn:aws:iam::{FAR}:saml-provider/theirs", "federation"),
    ],
)
def test_a_federation_that_is_no_row_is_let_in_all_the_same(name: str, kind: str) -> None:
    """AWS knows some issuers of identities without anybody entering them."""
    facts = derived(*BARE, trusting(Principal={"Federated": name}), *READS)
    assert granted(facts, name) == [("read", 1, DATA, True, False, [])]
    kinds: dict[str, str] = dict(facts.rows("principals", "id, kind"))
    assert kinds[name] == kind


def test_an_issuer_whose_subjects_nobody_limits_lets_in_without_condition() -> None:
    """A role for a forge's workflows that asks for no subject is every workflow's."""
    forge = principal(f"arn:aws:iam::{ONE}:oidc-provider/token.example.com", "federation")
    free = trusting(Principal={"Federated": forge.id})
    (row,) = granted(derived(*BARE, forge, free, *READS), forge.id)
    assert row == ("read", 1, DATA, True, False, [])
    asked = {"StringEquals": {"token.example.com:sub": "repo:ours/app"}}
    bound = trusting(Principal={"Federated": forge.id}, Condition=asked)
    (row,) = granted(derived(*BARE, forge, bound, *READS), forge.id)
    assert row[3:] == (True, True, ["token.example.com:sub"])


@pytest.mark.parametrize(
    ("condition", "who", "keys"),
    [
        ({"StringEquals": {"aws:PrincipalAccount": FAR}}, FAR, []),
        (
            {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{FAR}:role/x"}},
            FAR,
            ["aws:principalarn"],
        ),
        ({"StringEquals": {"aws:PrincipalOrgID": "o-theirs"}}, "o-theirs", []),
        (
            {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-theirs/r-1/*"}},
            "o-theirs",
            ["aws:principalorgpaths"],
        ),
    ],
)
def test_everybody_of_somewhere_is_somebody(condition: Json, who: str, keys: list[str]) -> None:
    """A bucket that names everybody, and then an account or organisation, lets those in."""
    facts = derived(*opened(allow("s3:GetObject", f"{DATA}/*", Principal="*", Condition=condition)))
    assert granted(facts, who) == [("read", 1, DATA, True, bool(keys), keys)]
    assert granted(facts, "anybody") == []
    kinds = {row[0]: row[1:] for row in facts.rows("principals", "id, kind, account")}
    assert kinds[who] == ("account", who)


def test_accounts_of_our_organisation_that_are_not_audited_are_let_in_with_it() -> None:
    """What is open to the organisation is open to each of its accounts."""
    root = HierarchyNode(
        id="r-1",
        provider="aws",
        kind="organisation root",
        name="Root",
        parent_id="",
        switched_on=(),
    )
    accounts = [
        HierarchyNode(id=each, provider="aws", kind="account", name="", parent_id="r-1")
        for each in (ONE, TWO)
    ]
    name = "arn:aws:organizations::333333333333:policy/o-ours/service_control_policy/p-1"
    control = replace(own("", ""), id=name, account="", kind="service control")
    ours = {"StringEquals": {"aws:PrincipalOrgID": "o-ours"}}
    facts = derived(
        *opened(allow("s3:GetObject", f"{DATA}/*", Principal="*", Condition=ours)),
        root,
        *accounts,
        control,
        managed(False),
        replace(managed(False), id=TWO),
    )
    assert granted(facts, TWO) == [("read", 1, DATA, True, False, [])]
    assert granted(facts, ONE) == granted(facts, "o-ours") == []
    assert granted(facts, ANN) == [("read", 1, DATA, True, False, [])]


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"AWS:SourceArn": f"arn:aws:cloudfront::{FAR}:distribution/E1"}},
        {"StringEquals": {"aws:SourceAccount": FAR}},
    ],
)
def test_a_service_that_acts_for_a_stranger_is_the_strangers_hand(condition: Json) -> None:
    """A bucket that lets in another account's distribution lets in that account."""
    served = allow(
        "s3:GetObject",
        f"{DATA}/*",
        Principal={"Service": "cloudfront.amazonaws.com"},
        Condition=condition,
    )
    facts = derived(*opened(served))
    (row,) = granted(facts, FAR)
    assert row[:4] == ("read", 1, DATA, True)
    paths = {row[0]: row[1] for row in facts.rows("grants", "principal_id, path")}
    assert paths[FAR] == ["has cloudfront.amazonaws.com act for it"]


def test_a_service_that_acts_for_us_is_nobody_elses() -> None:
    """The delivery of our own logs is no stranger's."""
    delivered = allow(
        "s3:PutObject",
        f"{DATA}/*",
        Principal={"Service": "cloudtrail.amazonaws.com"},
        Condition={"StringEquals": {"aws:SourceAccount": ONE}},
    )
    facts = derived(*opened(delivered))
    who = {row[0] for row in facts.rows("grants", "principal_id")}
    assert who == {f"arn:aws:iam::{ONE}:root", "service:cloudtrail.amazonaws.com"}


@pytest.mark.parametrize(
    ("kind", "who"),
    [
        ("CanonicalUser", "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"),
        ("AWS", "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E2EXAMPLE"),
    ],
)
def test_somebody_whose_account_nobody_states_is_let_in(kind: str, who: str) -> None:
    """A canonical user, or an access identity of CloudFront's: whose, is not known."""
    facts = derived(*opened(allow("s3:GetObject", f"{DATA}/*", Principal={kind: who})))
    assert granted(facts, who) == [("read", 1, DATA, True, False, [])]
    rows = {row[0]: row[1:] for row in facts.rows("principals", "id, account, employer")}
    assert rows[who] == (None, None)


def test_a_group_that_could_not_be_read_may_give_anything() -> None:
    """What its users may do is unknown, not nothing."""
    group = f"arn:aws:iam::{ONE}:group/?/staff"
    member = Membership(id=f"{group}/{ANN}", provider="aws", group_id=group, member_id=ANN)
    assert {row[0]: row[3] for row in granted(derived(*BARE, member), ANN)}["read"] is None


def test_users_who_could_not_be_read_are_their_account() -> None:
    """Where nobody could list users and roles, the account may do what its policies say."""
    gap = unread("principals", "attachments")
    rows = granted(derived(*BARE, gap), ONE)
    assert {row[3] for row in rows} == {None}
    assert "read" in {row[0] for row in rows}
    assert granted(derived(*BARE), ONE) == []
    refused = "ListMFADevices was denied (AccessDenied); ListAccessKeys was denied (AccessDenied)"
    assert granted(derived(*BARE, replace(gap, reason=refused)), ONE) == []


def test_a_stranger_who_may_stop_a_trail_has_a_power() -> None:
    """Powers are asked of accounts that roles let in, too."""
    trusted = trusting(Principal={"AWS": f"arn:aws:iam::{FAR}:root"})
    facts = derived(*BARE, trusted, *policy(APP, allow("cloudtrail:StopLogging")))
    rows = facts.rows("powers", "principal_id, power, given")
    assert (FAR, "change trails", True) in rows
    assert FAR in {row[0] for row in facts.rows("principals", "id")}


def test_groups_whose_members_nobody_knows_are_judged_themselves() -> None:
    """A group is judged by its members only where they are known."""
    group = replace(principal("identitystore/d-1/group/g-1", "group"))
    hidden = Membership(id=f"{group.id}/?", provider="aws", group_id=group.id, member_id="?")
    role = Membership(id=f"{APP}/{group.id}", provider="aws", group_id=APP, member_id=group.id)
    facts = derived(*BARE, managed(False), group, hidden, role, *READS)
    assert granted(facts, group.id) == [("read", 1, DATA, True, False, [])]
    rows = {row[0]: row[1:] for row in facts.rows("principals", "id, collective, employer")}
    assert rows[group.id] == (False, None)


def test_a_role_is_known_by_its_unique_id() -> None:
    """A bucket that keeps out all but one role names it by the id of its sessions."""
    kept = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": f"{DATA}*",
        "Condition": {"StringNotLike": {"aws:userId": "AROAEXAMPLEID:*"}},
    }
    name = f"arn:aws:iam::{ONE}:role/known"
    known = replace(principal(name, "role"), known_as=("AROAEXAMPLEID",))
    may = policy(name, allow("s3:GetObject", f"{DATA}/*"))
    facts = derived(*opened(kept), known, *may)
    assert granted(facts, name) == [("read", 1, DATA, True, False, [])]
    other = replace(known, known_as=("AROAOTHER",))
    assert granted(derived(*opened(kept), other, *may), name) == []


def test_what_callers_choose_as_they_like_is_no_condition() -> None:
    """Whoever reads must call its program so: it can."""
    named = {"StringLike": {"aws:UserAgent": "ours/*"}}
    facts = derived(*opened(), *policy(ANN, allow("s3:GetObject", f"{DATA}/*", Condition=named)))
    assert granted(facts, ANN) == [("read", 1, DATA, True, False, ["aws:useragent"])]


def test_an_audited_account_that_could_not_be_read_is_an_outsider_elsewhere() -> None:
    """What a bucket gives to it, its users may have, whoever they are."""
    root = replace(principal(f"arn:aws:iam::{TWO}:root", "root"), account=TWO)
    given = allow("s3:GetObject", f"{DATA}/*", Principal={"AWS": root.id})
    gap = unread("principals", "attachments", account=TWO)
    facts = derived(*opened(given), root, gap)
    assert granted(facts, TWO) == [("read", 1, DATA, True, False, [])]
    assert granted(derived(*opened(given), root), TWO) == []
