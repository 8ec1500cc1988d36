"""Whom Principal elements name, in every partition and for every kind of principal."""

from dataclasses import replace

import pytest

from auditor.access.estate import Actor
from auditor.access.naming import Reach, reached, refused
from auditor.access.statements import Named, Statement
from auditor.access.truth import FALSE, TRUE, Truth, depends
from auditor.model import Unknown
from tests.access.case_files import ACTORS, HOME, OUTSIDE

SESSION = depends("sts:rolesessionname")
GOV = Actor(id=f"arn:aws-us-gov:iam::{HOME}:role/team/app", kind="role", account=HOME, name="app")


def _statement(*names: str, allows: bool = True, inverse: bool = False) -> Statement:
    principals = tuple(Named(kind="*" if name == "*" else "aws", name=name) for name in names)
    return Statement(
        policy_id="p", number=1, allows=allows, principals=principals, not_principals=inverse
    )


@pytest.mark.parametrize(
    ("actor", "name", "way"),
    [
        (GOV, f"arn:aws-us-gov:iam::{HOME}:root", (Reach.ACCOUNT, TRUE)),
        (GOV, f"arn:aws:iam::{HOME}:root", (Reach.ACCOUNT, TRUE)),
        (GOV, GOV.id, (Reach.ROLE, TRUE)),
        (GOV, f"arn:aws-us-gov:sts::{HOME}:assumed-role/app/x", (Reach.DIRECT, SESSION)),
        (GOV, f"arn:aws-us-gov:sts::{OUTSIDE}:assumed-role/app/x", (Reach.DIRECT, FALSE)),
        (GOV, "*", (Reach.DIRECT, TRUE)),
        (ACTORS["ana"], ACTORS["ana"].id, (Reach.DIRECT, TRUE)),
        (ACTORS["ana"], "AIDAANA", (Reach.DIRECT, TRUE)),
        (ACTORS["app"], "AROAAPP", (Reach.ROLE, TRUE)),
        (ACTORS["root"], f"arn:aws:iam::{HOME}:root", (Reach.DIRECT, TRUE)),
        (ACTORS["outside"], f"arn:aws:sts::{OUTSIDE}:assumed-role/r/s", (Reach.DIRECT, TRUE)),
    ],
)
def test_ways_of_naming(actor: Actor, name: str, way: tuple[Reach, Truth]) -> None:
    """By account, as a role, or directly."""
    assert list(reached(_statement(name), actor)) == [way]


def test_services_and_logins_are_not_named_by_arns_of_accounts() -> None:
    """They have kinds of their own."""
    service = Actor(id="service:s3.amazonaws.com", kind="service", account="")
    statement = _statement(f"arn:aws:iam::{HOME}:root")
    assert list(reached(statement, service)) == []
    assert list(reached(statement, ACTORS["login"])) == []


def test_denials_of_a_role_are_for_all_its_sessions() -> None:
    """One of a session is not."""
    assert refused(_statement(GOV.id, allows=False), GOV) == TRUE
    session = f"arn:aws-us-gov:sts::{HOME}:assumed-role/app/x"
    assert refused(_statement(session, allows=False), GOV) == SESSION


def test_nobody_is_spared_by_halves() -> None:
    """A role needs its account and a session, and no boundary."""
    root = f"arn:aws-us-gov:iam::{HOME}:root"
    session = f"arn:aws-us-gov:sts::{HOME}:assumed-role/app/x"
    spares = _statement(GOV.id, root, session, allows=False, inverse=True)
    assert refused(spares, GOV) == SESSION
    assert refused(_statement(root, allows=False, inverse=True), GOV) == TRUE
    assert refused(_statement(GOV.id, root, allows=False, inverse=True), GOV).unknown
    assert refused(_statement(GOV.id, session, allows=False, inverse=True), GOV).unknown
    assert refused(spares, replace(GOV, boundary="limit")) == TRUE
    assert refused(spares, replace(GOV, boundary=Unknown("not read"))).unknown
