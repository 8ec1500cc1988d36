"""Which repositories are in scope, which run, and who of the reviewers can read them."""

from dataclasses import replace
from typing import Any

import pytest

from auditor.tables import Row
from tests.facts.coding import (
    BORIS,
    CAROL,
    artifact,
    attestation,
    change,
    covered,
    deployment,
    estate,
    repository,
    review,
    revision,
    right,
    settled,
)
from tests.facts.deriving import Facts
from tests.facts.identifying import person

SHUT_OUT = replace(CAROL, id="github/github.com/user/carol-old", enabled=False)
READ = covered("artifacts", "attestations", "components")
APPROVED = (change(), revision(), review())


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param((right(CAROL),), True, id="the reviewer"),
        pytest.param((right(BORIS),), False, id="the company"),
        pytest.param((right(CAROL, expires="2019-01-01T00:00:00Z"),), False, id="no longer"),
        pytest.param((right(CAROL, expires="2999-01-01T00:00:00Z"),), True, id="for a time"),
        pytest.param((right(SHUT_OUT),), False, id="shut out"),
        pytest.param((), False, id="nobody"),
        pytest.param((covered("repository_rights", open_=True),), None, id="refused"),
        pytest.param((right(CAROL, principal_id="github/github.com/user/x"),), None, id="who"),
    ],
)
def test_reviewers_can_read(rows: tuple[Row, ...], expected: bool | None) -> None:
    """Somebody whom the trusted provider employs."""
    people = estate(*rows, SHUT_OUT)
    carol = person("carol", principals=(CAROL.id, SHUT_OUT.id), employer="Trusted")
    audit = settled()
    roster = tuple(carol if each.id == "carol" else each for each in audit.roster)
    facts = Facts(people, replace(audit, roster=roster))
    assert facts.one("repositories", "reviewers_read") == (expected,)


def test_scope_is_what_the_audit_names() -> None:
    """And unknown where it names nothing."""
    named = settled(code=("acme/app*",))
    assert Facts(estate(), named).one("repositories", "in_scope, runs") == (True, None)
    assert Facts(estate(), settled()).one("repositories", "in_scope") == (None,)
    whole = (artifact(), attestation(), deployment(), READ, *APPROVED)
    assert Facts(estate(*whole), named).one("repositories", "in_scope, runs") == (True, True)
    other = repository(id="github/github.com/acme/x", name="acme/x", url="https://x.example/x")
    facts = Facts((*estate(*whole), other), named)
    assert facts.rows("repositories", "in_scope, runs") == [(True, True), (False, False)]


def test_a_forged_statement_does_not_tell_what_runs() -> None:
    """What it names runs, perhaps; of the others nobody knows."""
    forged = attestation(signature_holds=False)
    other = repository(id="github/github.com/acme/x", name="acme/x", url="https://x.example/x")
    facts = Facts((*estate(artifact(), forged, deployment(), READ, *APPROVED), other), settled())
    assert facts.rows("repositories", "runs") == [(True,), (None,)]


@pytest.mark.parametrize(
    ("provider", "expected"), [("github", True), ("aws", False)], ids=("github", "aws")
)
def test_github_tells_no_capitals_apart(provider: str, expected: bool) -> None:
    """A name in the audit's file is found however it is spelt."""
    facts = Facts((repository(provider=provider),), settled(code=("Acme/App",)))
    assert facts.one("repositories", "in_scope") == (expected,)


@pytest.mark.parametrize(
    ("code", "gaps"),
    [
        pytest.param(("acme/*",), [], id="met"),
        pytest.param(("ACME/app", "acme/server"), ["code/acme/server"], id="one is not"),
        pytest.param((), [], id="nothing is named"),
    ],
)
def test_code_in_scope_that_nobody_was_shown_is_a_gap(code: Any, gaps: list[str]) -> None:
    """A host does not say that it hides a repository."""
    facts = Facts(estate(), settled(code=code))
    found = facts.query("SELECT id FROM coverage WHERE open AND id LIKE 'code/%' ORDER BY id")
    assert [name for (name,) in found] == gaps
    tables = facts.query("SELECT tables FROM coverage WHERE open")
    assert all("changes" in each for (each,) in tables)
