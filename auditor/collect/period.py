"""The audit's period in the parameters of a call.

A collector knows no audit: it writes what it means, and whoever walks has it filled in. Collection
and replay fill it in from the same ``audit.json``, so they ask the same questions.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from auditor.model import Audit, Json
from auditor.spec import Call, Collector

PERIOD_START = "{first day of the period}"
AFTER_PERIOD = "{day after the period}"
FIRST_MIDNIGHT = "{midnight at which the period begins}"
LAST_MIDNIGHT = "{midnight at which the period ends}"
DAY_BEFORE = "{a day before the audit}"
REACHING_BACK = "{the shortest of some spans that reaches back to the period's beginning}"
# Names of spans, as some hosts want them, and the days that they surely have.
_SPANS = {"day": 1, "week": 7, "month": 28, "quarter": 89, "year": 364}

AnyCall = TypeVar("AnyCall", bound=Call)


def within_period(collectors: Iterable[Collector], audit: Audit) -> tuple[Collector, ...]:
    """Return the collectors with the audit's period in their parameters."""
    moment = datetime.fromisoformat(audit.as_of)
    days = {
        PERIOD_START: audit.period_start,
        AFTER_PERIOD: audit.after_period,
        FIRST_MIDNIGHT: f"{audit.period_start}T00:00:00.000Z",
        LAST_MIDNIGHT: f"{audit.after_period}T00:00:00.000Z",
        DAY_BEFORE: (moment - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ"),
        REACHING_BACK: _span(moment, audit.period_start),
    }
    return tuple(_fill(collector, days) for collector in collectors)


def _span(moment: datetime, start: str) -> str:
    """Return the shortest span that reaches from a moment back to a day; '' if none does."""
    back = moment - datetime.fromisoformat(f"{start}T00:00:00+00:00")
    return next((name for name, days in _SPANS.items() if back <= timedelta(days=days)), "")


def _fill(collector: Collector, days: dict[str, str]) -> Collector:
    if not collector.since and not any(_names_a_day(c.parameters, days) for c in collector.calls):
        return collector
    return replace(
        collector,
        since=days.get(collector.since, collector.since),
        listing=_fill_call(collector.listing, days),
        details=tuple(_fill_call(detail, days) for detail in collector.details),
    )


def _fill_call(call: AnyCall, days: dict[str, str]) -> AnyCall:
    return replace(call, parameters=_filled(call.parameters, days))


def _filled(value: Json, days: dict[str, str]) -> Json:
    if isinstance(value, dict):
        return {name: _filled(inner, days) for name, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, days) for inner in value]
    if not isinstance(value, str) or "{" not in value:
        return value
    for name, day in days.items():  # alone, or within a search phrase
        value = value.replace(name, day)
    return value


def _names_a_day(value: Json, days: dict[str, str]) -> bool:
    return bool(_filled(value, days) != value)
