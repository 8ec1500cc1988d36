"""Grants against accesses, both ways: what was used, and what no grant explains."""

import pytest

from auditor.model import Unknown
from auditor.tables import Row
from tests.facts.acting import (
    END,
    JANE,
    START,
    access,
    bucket,
    derived,
    grant,
    recording,
    run,
    unit,
)
from tests.facts.identifying import THEIRS, role, user

KNOWN = unit("principals", "stores", "policy_documents", "attachments", "memberships")
RUN = run("b", "b", 1)
BOTH = run("b", "c", 2)
WHOLE = recording()


def permitted(*rows: Row) -> bool | None:
    """Return whether the access 'a' to bucket b was permitted."""
    (answer,) = derived(bucket("b"), *rows).one("accesses", "permitted")
    assert answer is None or isinstance(answer, bool)
    return answer


def used(*rows: Row) -> bool | None:
    """Return whether the grant 'g' was used."""
    (answer,) = derived(*rows).one("grants", "used")
    assert answer is None or isinstance(answer, bool)
    return answer


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((access(), grant(), RUN, KNOWN), True),
        ((access(), grant(conditional=True), RUN, KNOWN), True),
        ((access(), grant("anybody"), RUN, KNOWN), True),
        ((access(), KNOWN), False),
        ((access(), grant(access="write"), RUN, KNOWN), False),
        ((access(), grant(), run("a", "a", 1), KNOWN), False),
        ((access(), grant(), run("c", "d", 1), KNOWN), False),
        ((access(), grant(), run("a", "a", 1), run("c", "d", 1), KNOWN), False),
        ((access(), grant(), run("a", "a", 1), run("b", "c", 1), KNOWN), True),
        ((access(), grant(agreed=False), RUN, KNOWN), False),
        ((access(), grant(given=Unknown("x")), RUN, KNOWN), None),
        ((access(), unit("principals", is_open=True)), None),
        ((access(), unit("policy_documents", account="", is_open=True)), None),
        ((access(), KNOWN, unit("stores", "policy_documents", account="", is_open=True)), False),
        ((access(), grant(principal_id=Unknown("x")), RUN, KNOWN), None),
        ((access(), grant(principal_id=Unknown("x")), run("c", "d", 1), KNOWN), False),
        ((access(store_id="arn:aws:s3:::gone"), KNOWN), None),
        ((access(principal_id=Unknown("x"), root_id=Unknown("x")), KNOWN), None),
        ((access(principal_id="service:s", root_id="service:s"), KNOWN), None),
        ((access(access="sign-in", store_id=""), KNOWN), True),
        ((access(access="other"), KNOWN), True),
    ],
)
def test_what_a_grant_explains(rows: tuple[Row, ...], expected: bool | None) -> None:
    """By the same principal, kind of access and store; unknown wherever grants are."""
    assert permitted(*rows) is expected


def test_a_grant_to_an_outside_account_explains_what_its_users_do() -> None:
    """The account decides whom it lets."""
    theirs = user("x", THEIRS).id
    acted = access(principal_id=theirs, root_id=theirs, principal_account=THEIRS)
    assert permitted(acted, grant(THEIRS), RUN, KNOWN) is True
    assert permitted(acted, KNOWN) is None


def test_a_chain_is_explained_by_the_role_that_acted() -> None:
    """What the person at its start may do herself explains nothing."""
    reader = role("reader")
    acted = access(principal_id=reader.id)
    assert permitted(acted, reader, grant(), RUN, KNOWN) is False
    assert permitted(acted, reader, grant(reader.id), RUN, KNOWN) is True


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((bucket("b"), access(), grant(), RUN), True),
        ((bucket("b"), access(principal_id=role("r").id), grant(), RUN), True),
        ((bucket("b"), access(errors=2), grant(), RUN, WHOLE), False),
        ((bucket("b"), access(errors=2), grant(), RUN), None),
        ((bucket("b"), grant(), RUN, WHOLE), None),
        ((bucket("b"), access(access="write"), grant(), RUN, WHOLE), None),
        ((bucket("b"), access(principal_id="service:s", root_id=""), grant(), RUN, WHOLE), False),
        ((bucket("b"), grant(access="administer"), RUN, WHOLE), False),
        ((bucket("b"), bucket("c"), access(access="write"), grant(), BOTH, WHOLE), None),
    ],
)
def test_whether_a_grant_was_used(rows: tuple[Row, ...], expected: bool | None) -> None:
    """Known not to be only where logs are whole, and record what holds data."""
    assert used(*rows) is expected


@pytest.mark.parametrize(
    "recorded",
    [
        (recording(whole=Unknown("perhaps")),),
        (recording(whole=False),),
        (recording(start="2026-01-01T01:00:00Z"),),
        (recording(end="2026-01-02T10:59:59Z"),),
        (recording(), recording(id="s", whole=False)),
        (recording(), unit("accesses", is_open=True)),
        (recording(), unit("accesses", account="", is_open=True)),
    ],
)
def test_a_log_with_a_gap_shows_no_grant_unused(recorded: tuple[Row, ...]) -> None:
    """Nothing seen is not nothing done."""
    assert used(bucket("b"), grant(access="administer"), RUN, *recorded) is None


def test_stretches_of_a_log_add_up() -> None:
    """From the start of the period to the last hours before the audit."""
    parts = recording(end="2026-01-01T12:00:00Z"), recording(id="s", start="2026-01-01T12:00:00Z")
    assert (parts[0].start, parts[1].end) == (START, END)
    assert used(bucket("b"), grant(access="administer"), RUN, *parts) is False


def test_the_use_of_a_key_uses_grants_over_what_it_encrypts() -> None:
    """A grant to decrypt is about the stores, an event of the key about the key."""
    rows = bucket("b", key_id="key"), access(access="decrypt", store_id="key")
    assert used(*rows, grant(access="decrypt"), RUN) is True
    assert used(*rows, grant(access="decrypt"), run("a", "a", 1), WHOLE) is False


def test_a_group_is_not_dormant_by_itself() -> None:
    """Its members act, not the group."""
    group = user("g", kind="group")
    rows = bucket("b"), group, grant(group.id, access="administer"), RUN, WHOLE
    assert used(*rows) is None
    assert JANE.id != group.id
