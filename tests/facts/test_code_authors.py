"""Who wrote a change, and what the host's own words do not say of it."""

from dataclasses import replace
from typing import Any

import pytest

from auditor.model import Unknown
from auditor.tables import Row
from tests.facts.coding import (
    ANNA,
    CAROL,
    REPOSITORY,
    change,
    covered,
    estate,
    event,
    review,
    revision,
    settled,
)
from tests.facts.deriving import Facts
from tests.facts.identifying import person

OLD = "c" * 40
NOBODY = Unknown("x")


def judged_with(*rows: Row, columns: str = "approvers", made: Any = None) -> Any:
    """Return what is derived of one change, as a row of columns."""
    return Facts(estate(change(**(made or {})), *rows), settled()).one("changes", columns)


def test_who_merges_on_the_hosts_pages_wrote_nothing() -> None:
    """The host names the merger as author of the merge; by hand, a merge may hold anything."""
    merge = revision(author_id=CAROL.id, signed_by_host=True, signer_id="", parents=("b", "c"))
    columns = "approvers, self_approved, authors"
    assert judged_with(merge, review(), columns=columns) == ([CAROL.id], False, [ANNA.id])
    by_hand = revision(author_id=CAROL.id, parents=("b", "c"))
    assert judged_with(by_hand, review(), columns=columns)[:2] == ([], True)


@pytest.mark.parametrize(
    "written",
    [
        pytest.param({"co_authors": (CAROL.id,)}, id="named second"),
        pytest.param({"signer_id": CAROL.id}, id="by her key"),
    ],
)
@pytest.mark.parametrize("suffix", ["", "@release/1"], ids=("one branch", "another branch"))
def test_who_had_a_hand_in_a_commit_is_an_author(written: dict[str, Any], suffix: str) -> None:
    """Whatever name stands first in it, and whichever branch it is listed of."""
    name = f"{REPOSITORY}/change/1{suffix}"
    part = revision(OLD, **written)
    assert judged_with(
        part, review(change_id=name), made={"id": name}, columns="approvers, self_approved"
    ) == ([], True)


def test_a_co_author_without_an_account_may_be_the_reviewer() -> None:
    """So no approval is known to count."""
    assert judged_with(revision(OLD, co_authors=NOBODY), review()) == (None,)


def test_a_program_reviews_nothing() -> None:
    """Though the roster says that it is the provider's."""
    robot = replace(CAROL, id="github/github.com/app/approver", kind="service")
    people = settled()
    roster = (*people.roster, person("robot", principals=(robot.id,), employer="Trusted"))
    facts = Facts(
        estate(robot, change(), revision(), review(robot)), replace(people, roster=roster)
    )
    assert facts.one("changes", "approvers, approver_employers") == ([], [])


def test_delays_say_nothing_where_nothing_was_approved() -> None:
    """A median of none is no quick review."""
    columns = "approved, median_minutes, slow_minutes"
    facts = Facts(estate(change(), revision()), settled())
    assert facts.one("throughput", columns) == (0, None, None)
    doubtful = (change(2, head=OLD), review(number=2, commit=NOBODY))
    facts = Facts(estate(change(), revision(), review(), *doubtful), settled())
    assert facts.one("throughput", columns) == (None, None, None)
    assert Facts(estate(), settled()).one("throughput", columns) == (0, 0, 0)


def test_lines_that_nobody_counted_may_be_many() -> None:
    """What one reviewer approved within an hour is unknown then."""
    facts = Facts(estate(change(added=NOBODY), revision(), review()), settled())
    assert facts.one("throughput", "busiest_hour_lines") == (None,)


def test_a_request_of_unknown_moments_has_no_delay() -> None:
    """It is no crash, either."""
    untold = {"opened": NOBODY, "head_pushed": NOBODY}
    rows = (revision(), review())
    assert judged_with(*rows, made=untold, columns="review_minutes") == (None,)


@pytest.mark.parametrize(
    "made",
    [{"head_pushed": "2026-01-09T00:00:00Z"}, {"opened": "2026-01-09T00:00:00Z"}],
    ids=("last push", "request"),
)
def test_what_was_approved_before_its_last_push_has_no_delay(made: Any) -> None:
    """Its author may have dated it later than it was."""
    rows = (revision(), review())
    assert judged_with(*rows, made=made, columns="review_minutes") == (None,)
    facts = Facts(estate(change(**made), *rows), settled())
    assert facts.one("throughput", "approved, median_minutes, slow_minutes") == (1, None, None)


def test_a_push_past_the_rules_may_have_brought_every_direct_commit() -> None:
    """The log names its last commit only; what a request brought is told apart."""
    pushed = change(2, id=f"{REPOSITORY}/commit/{OLD}", kind="direct", head="", commit=OLD,
                    merged=NOBODY)  # fmt: skip
    last = change(3, id=f"{REPOSITORY}/commit/{'e' * 40}", kind="direct", head="",
                  commit="e" * 40, merged=NOBODY)  # fmt: skip
    heard = (event(commit="e" * 40), covered("code_events"))
    facts = Facts(estate(change(), pushed, last, *heard), settled())
    assert facts.rows("changes", "number, bypassed") == [(1, False), (2, None), (3, True)]
