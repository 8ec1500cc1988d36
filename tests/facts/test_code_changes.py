"""Which approvals count: on the last commit, before the merge, by somebody who did not write it."""

from typing import Any

import pytest

from auditor.model import Unknown
from auditor.tables import Row
from tests.facts.coding import (
    ANNA,
    BORIS,
    CAROL,
    REPOSITORY,
    change,
    covered,
    estate,
    event,
    repository,
    review,
    revision,
    settled,
)
from tests.facts.deriving import Facts

OLD = "c" * 40
NOBODY = Unknown("x")


def judged(*rows: Row, columns: str = "approvers") -> Any:
    """Return what is derived of one change of Anna's with these reviews."""
    facts = Facts(estate(change(), revision(), *rows), settled())
    (answer,) = facts.one("changes", columns) if "," not in columns else (None,)
    return answer if "," not in columns else facts.one("changes", columns)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, [CAROL.id], id="in order"),
        pytest.param({"commit": OLD}, [], id="before the last push"),
        pytest.param({"at": "2026-01-01T12:30:00Z"}, [], id="after the merge"),
        pytest.param({"state": "commented"}, [], id="no approval"),
        pytest.param({"state": "dismissed"}, [], id="dismissed"),
        pytest.param({"reviewer_id": ANNA.id}, [], id="by its author"),
        pytest.param({"commit": NOBODY}, None, id="of an unknown commit"),
        pytest.param({"state": NOBODY}, None, id="of unknown state"),
        pytest.param({"reviewer_id": NOBODY}, None, id="by nobody knows whom"),
    ],
)
def test_an_approval_counts(changes: dict[str, Any], expected: list[str] | None) -> None:
    """Or does not, or it is not known."""
    assert judged(review(**changes)) == expected


def test_a_change_nobody_reviewed_has_no_approver() -> None:
    """That is known, not unknown."""
    assert judged() == []


def test_who_wrote_any_commit_of_it_is_an_author() -> None:
    """Not only who asked for it: Boris pushed a part, so his approval is his own."""
    part = revision(OLD, author_id=BORIS.id)
    assert judged(part, review(BORIS)) == []
    assert judged(part, review(BORIS), review(), columns="approvers, self_approved, authors") == (
        [CAROL.id],
        True,
        [ANNA.id, BORIS.id],
    )


def test_one_person_with_two_accounts_is_one_author() -> None:
    """The roster knows both."""
    people = settled()
    both = tuple(
        line if line.id != "anna" else type(line)(
            id="anna", name="Anna", employer="Northstar", country="US",
            principals=(ANNA.id, BORIS.id),
        )
        for line in people.roster
        if line.id != "boris"
    )  # fmt: skip
    audit = settled()
    audit = type(audit)(
        **{name: getattr(audit, name) for name in audit.__slots__} | {"roster": both}
    )
    facts = Facts(estate(change(), revision(), review(BORIS)), audit)
    assert facts.one("changes", "approvers, self_approved") == ([], True)


def test_a_commit_without_an_account_may_be_the_reviewers() -> None:
    """So no approval is known to count."""
    stray = revision(OLD, author_id=NOBODY)
    assert judged(stray, review(), columns="approvers, authors, self_approved") == (
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        pytest.param({"state": "changes requested"}, [], id="taken back"),
        pytest.param({"state": "dismissed"}, [], id="dismissed"),
        pytest.param({"state": "commented"}, [CAROL.id], id="remarked on"),
        pytest.param({"state": NOBODY}, None, id="unknown"),
        pytest.param(
            {"state": "changes requested", "reviewer_id": BORIS.id}, [CAROL.id], id="another's"
        ),
        pytest.param(
            {"state": "changes requested", "reviewer_id": NOBODY}, None, id="perhaps another's"
        ),
        pytest.param(
            {"state": "changes requested", "at": "2026-01-01T10:00:00Z"}, [CAROL.id], id="earlier"
        ),
    ],
)
def test_an_approval_can_be_taken_back(later: dict[str, Any], expected: list[str] | None) -> None:
    """By the one who gave it, later."""
    second = {"id": "second", "at": "2026-01-01T11:30:00Z"} | later
    assert judged(review(), review(**second)) == expected


@pytest.mark.parametrize(
    ("reviews", "expected"),
    [
        pytest.param((review(),), ["Trusted"], id="trusted"),
        pytest.param((review(BORIS),), ["Northstar"], id="company"),
        pytest.param((), [], id="nobody"),
        pytest.param((review(reviewer_id="github/github.com/user/mal"),), None, id="a stranger"),
        pytest.param(
            (review(), review(BORIS, reviewer_id="github/github.com/user/mal")),
            ["Trusted"],
            id="a stranger and the provider",
        ),
    ],
)
def test_employers_are_the_rosters(reviews: tuple[Row, ...], expected: list[str] | None) -> None:
    """Who is not on it is nobody's known employee."""
    assert judged(*reviews, columns="approver_employers") == expected


def test_stale_approvals_are_counted() -> None:
    """With those given after the merge."""
    rows = (review(commit=OLD), review(BORIS, at="2026-01-02T12:00:00Z"))
    assert judged(*rows, columns="stale_approvals") == 2


def test_a_direct_push_has_no_approver() -> None:
    """Nobody can have reviewed it."""
    facts = Facts(estate(change(kind="direct", head="", opened=""), revision()), settled())
    assert facts.one("changes", "approvers, stale_approvals, review_minutes") == ([], 0, None)


@pytest.mark.parametrize(
    ("signed", "expected"), [((True, True), True), ((True, False), False), ((True, NOBODY), None)]
)
def test_every_commit_must_be_signed(signed: tuple[Any, Any], expected: bool | None) -> None:
    """One that is not is enough."""
    rows = (revision(signed=signed[0]), revision(OLD, signed=signed[1]))
    facts = Facts(estate(change(), *rows), settled())
    assert facts.one("changes", "signed") == (expected,)


def test_a_commit_that_reached_two_branches_is_of_both_changes() -> None:
    """It is one row, and names one of them."""
    other = change(id=f"{REPOSITORY}/change/1@release/1")
    facts = Facts(estate(change(), other, revision(signed=True)), settled())

    assert facts.rows("changes", "signed") == [(True,), (True,)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param((event(), covered("code_events")), True, id="its commit"),
        pytest.param((covered("code_events"),), False, id="silence"),
        pytest.param((), None, id="nobody listened"),
        pytest.param((covered("code_events", open_=True),), None, id="refused"),
        pytest.param((event(commit=""), covered("code_events")), None, id="that day"),
        pytest.param(
            (event(commit="", at="2026-01-05T00:00:00Z"), covered("code_events")),
            False,
            id="another day",
        ),
        pytest.param((event(commit="", at=NOBODY), covered("code_events")), None, id="some day"),
        pytest.param(
            (event(commit=OLD, repository_id=NOBODY), covered("code_events")), None, id="somewhere"
        ),
        pytest.param((event(commit=OLD), covered("code_events")), False, id="another's commit"),
    ],
)
def test_bypasses_are_heard(rows: tuple[Row, ...], expected: bool | None) -> None:
    """Or not known, where the host's log was not read."""
    assert judged(*rows, columns="bypassed") == expected


def test_throughput_sums_a_repository() -> None:
    """Minutes from the last push to the approval that counts."""
    rows = [
        each
        for number in range(1, 5)
        for each in (
            change(number, head=f"{number}" * 40),
            review(number=number, commit=f"{number}" * 40, at=f"2026-01-01T{9 + number % 2}:30:00Z"
                   .replace("T9", "T09")),
        )
    ]  # fmt: skip
    facts = Facts(estate(*rows, change(9)), settled())
    assert facts.one(
        "throughput",
        "changes, approved, lines, median_minutes, slow_minutes, comments, busiest_hour_lines, "
        "backlog",
    ) == (5, 4, 60, 30, 90, 8, 24, 0)


def test_a_repository_without_changes_has_a_row() -> None:
    """With a backlog that nobody counted."""
    facts = Facts((repository(open_requests=NOBODY),), settled())
    assert facts.one("throughput", "changes, approved, lines, backlog") == (0, 0, 0, None)


@pytest.mark.parametrize(
    ("merged", "kept"),
    [("2019-12-31T23:59:59.9Z", 0), ("2026-01-01T00:00:00Z", 1), (NOBODY, 1)],
    ids=("before", "within", "unknown"),
)
def test_only_changes_of_the_period_are_judged(merged: str | Unknown, kept: int) -> None:
    """A host that cannot be asked for a period shows all that it has."""
    rows = (
        change(provider="aws", merged=merged),
        revision(provider="aws"),
        review(provider="aws"),
    )

    facts = Facts(estate(*rows), settled())

    assert [len(facts.rows(table, "id")) for table in ("changes", "commits", "reviews")] == (
        [kept] * 3
    )
