"""What one person would fix at once is one finding."""

from hypothesis import given
from hypothesis import strategies as st

from auditor.report.grouping import MOST_ROWS, group, rows_shown
from auditor.results import Verdict
from tests.report.parts import control, finding


def test_same_clauses_and_values_are_one_finding() -> None:
    """Forty snapshots shared with one account are one finding with forty rows."""
    rows = [finding(f"snap-{n}", seen={"flow.target_account": "999"}) for n in range(40)]
    (made,) = group(control("A-04", Verdict.FAIL, rows))
    assert len(made.findings) == 40
    assert made.shared == {"flow.target_account": "999"}


def test_a_column_that_only_names_the_row_does_not_part_it() -> None:
    """A name that a clause looked at is no reason for a finding of its own."""
    rows = [finding(f"b-{n}", seen={"store.name": f"b-{n}"}) for n in range(3)]
    (made,) = group(control("A-02", Verdict.FAIL, rows))
    assert made.varying == ()


def test_many_different_values_move_into_the_rows() -> None:
    """Values that differ everywhere make one finding with a column, not a thousand findings."""
    rows = [finding(f"b-{n}", seen={"store.size_bytes": n}) for n in range(1_000)]
    (made,) = group(control("A-02", Verdict.FAIL, rows))
    assert made.varying == ("store.size_bytes",)


def test_gravest_first() -> None:
    """What failed stands before what could not be told, the larger before the smaller."""
    rows = [
        finding("u", Verdict.INDETERMINATE, seen={"store.country": None}),
        finding("f1", seen={"store.country": "DE"}),
        *(finding(f"g{n}", seen={"store.country": "BR"}) for n in range(2)),
    ]
    made = group(control("A-02", Verdict.FAIL, rows))
    assert [(one.first.verdict, len(one.findings)) for one in made] == [
        (Verdict.FAIL, 2),
        (Verdict.FAIL, 1),
        (Verdict.INDETERMINATE, 1),
    ]


@given(st.lists(st.integers(1, 60_000), max_size=60))
def test_no_row_is_lost_silently(sizes: list[int]) -> None:
    """The limit holds, or every finding is down to its first row."""
    cap = rows_shown(sizes)
    assert cap == 1 or sum(min(size, cap) for size in sizes) <= MOST_ROWS
