"""Principals of a small estate, and an audit that knows whose some of them are."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from auditor.model import Audit, Party, Person
from auditor.tables import Account, Principal
from tests.fakes import audit

OURS, THEIRS = "111122223333", "999988887777"
PARTIES = (
    Party(name="Northstar", roles=("company",), accounts=(OURS,), country="US"),
    Party(name="Farshore", roles=("excluded",), accounts=(THEIRS,), country="SG"),
    Party(name="Trusted", roles=("trusted provider",), operators=("Cloud Inc",), country="US"),
)
ACCOUNT = Account(
    id=OURS, provider="aws", operator="Cloud Inc", name="main", active=True, management=False
)


def user(name: str, owner: str = OURS, **changes: Any) -> Principal:
    """Return one user, or what a test makes of it."""
    default: dict[str, Any] = {
        "id": f"arn:aws:iam::{owner}:user/{name}",
        "provider": "aws",
        "account": owner,
        "kind": "user",
        "name": name,
        "created": "",
        "last_used": "",
        "tags": {},
    }
    return Principal(**default | changes)


def role(path: str, account: str = OURS, **changes: Any) -> Principal:
    """Return one role."""
    name = path.rpartition("/")[2]
    return user(
        name, account, **{"id": f"arn:aws:iam::{account}:role/{path}", "kind": "role"} | changes
    )


def person(id_: str, **changes: Any) -> Person:
    """Return a line of the roster: somebody of the company who works at home, vetted."""
    line = Person(
        id=id_,
        name=id_.title(),
        employer="Northstar",
        country="US",
        covered_person=False,
        residence="US",
        vetted_until="2026-12-31",
    )
    return replace(line, **changes)


def about(*roster: Person, parties: Sequence[Party] = PARTIES, **changes: Any) -> Audit:
    """Return an audit with these people."""
    return replace(audit(), classification=(), roster=roster, parties=tuple(parties), **changes)
