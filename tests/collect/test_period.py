"""The audit's period gets into the questions, and nothing else of the audit does."""

from dataclasses import replace

import pytest

from auditor.collect.period import (
    AFTER_PERIOD,
    FIRST_MIDNIGHT,
    PERIOD_START,
    REACHING_BACK,
    within_period,
)
from tests.fakes import COLLECTORS, TRAILS, audit


@pytest.mark.parametrize(
    ("as_of", "day"),
    [("2026-01-02T12:00:00Z", "2026-01-03"), ("2026-03-01T00:00:00Z", "2026-02-01")],
)
def test_the_period_ends_with_the_moment_of_the_audit(as_of: str, day: str) -> None:
    """No provider knows what days to come will cost."""
    assert audit(period_end="2026-01-31", as_of=as_of).after_period == day


def test_days_are_filled_in_wherever_they_stand() -> None:
    asked = {"Time": {"From": PERIOD_START, "To": [AFTER_PERIOD, "x"]}, "Other": 7}
    collector = replace(TRAILS, listing=replace(TRAILS.listing, parameters=asked))

    (dated,) = within_period([collector], audit())

    assert dated.listing.parameters == {
        "Time": {"From": "2026-01-01", "To": ["2026-01-03", "x"]},
        "Other": 7,
    }


def test_collectors_without_days_stay_as_they_are() -> None:
    assert within_period(COLLECTORS, audit()) == COLLECTORS


def test_functions_of_a_collector_hear_of_the_period() -> None:
    """Where it asks for that: what changed before need not be asked about."""
    (told,) = within_period([replace(TRAILS, since=FIRST_MIDNIGHT)], audit())

    assert told.since == "2026-01-01T00:00:00.000Z"


@pytest.mark.parametrize(
    ("as_of", "span"),
    [
        ("2026-01-02T00:00:00Z", "day"),
        ("2026-01-02T00:00:01Z", "week"),
        ("2026-03-30T12:00:00Z", "quarter"),
        ("2026-12-31T00:00:00Z", "year"),
        ("2027-01-01T00:00:00Z", ""),
    ],
)
def test_a_span_reaches_back_to_the_periods_beginning(as_of: str, span: str) -> None:
    """The shortest that surely does; none if no host has a name for one."""
    collector = replace(TRAILS, listing=replace(TRAILS.listing, parameters={"t": REACHING_BACK}))

    (asked,) = within_period([collector], audit(as_of=as_of))

    assert asked.listing.parameters == {"t": span}
