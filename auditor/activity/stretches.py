"""Lays the hours of a log side by side over the audit's period: what is left over is a gap."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from auditor.activity.integrity import Stretch

Place = tuple[str, str, str]  # account, region and trail

NO_DIGEST = "no digest covers this time: the trail was off, or its digest is missing"
LATE = timedelta(hours=2)
"""How late the log of an hour may arrive: the last hours before an audit are no gap.

CloudTrail delivers within 15 minutes on average, and a digest after each hour.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The time that recordings are to cover; the end is not in it."""

    start: str
    end: str

    @classmethod
    def of(cls, period_start: str, after_period: str, as_of: str) -> "Span":
        """Return the time of a period, or of what was over of it when the audit began."""
        heard = datetime.fromisoformat(as_of) - LATE
        last = min(_midnight(after_period), heard.replace(minute=0, second=0, microsecond=0))
        first = _midnight(period_start)
        return cls(start=_text(first), end=_text(max(first, last)))


def cover(
    stretches: Iterable[Stretch], undigested: Mapping[tuple[str, str], Sequence[str]], span: Span
) -> Iterator[Stretch]:
    """Yield what the digests of all places say of a span, gaps included, in order of place."""
    places: dict[Place, list[Stretch]] = {}
    for stretch in stretches:
        found = places.setdefault((stretch.account, stretch.region, stretch.trail), [])
        if stretch.end > span.start and stretch.start < span.end:
            found.append(_doubt(stretch, undigested.get((stretch.account, stretch.region), ())))
    for place, found in sorted(places.items()):
        yield from join(_filled(sorted(found, key=_order), place, span))


def join(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Join neighbours of which the same is said."""
    before: Stretch | None = None
    for stretch in stretches:
        if before is None:
            before = stretch
        elif _alike(before, stretch):
            before = replace(
                before,
                end=max(before.end, stretch.end),
                files=before.files + stretch.files,
                events=before.events + stretch.events,
                malformed=before.malformed + stretch.malformed,
            )
        else:
            yield before
            before = stretch
    if before is not None:
        yield before


def _alike(before: Stretch, stretch: Stretch) -> bool:
    said = (_place(before), before.integrity, before.whole, before.reason)
    same = (_place(stretch), stretch.integrity, stretch.whole, stretch.reason)
    return said == same and before.end >= stretch.start


def _place(stretch: Stretch) -> Place:
    return stretch.account, stretch.region, stretch.trail


def _filled(found: Sequence[Stretch], place: Place, span: Span) -> Iterator[Stretch]:
    """Yield stretches in order without overlap, and one for each time that none covers."""
    at = span.start
    for stretch in found:
        if stretch.start > at:
            yield _gap(place, at, stretch.start)
        start, end = max(stretch.start, at), min(stretch.end, span.end)
        if start < end:
            yield replace(stretch, start=start, end=end)
        elif stretch.files or stretch.whole is not True:
            # A second chain, or a digest that came late, adds to an hour that is covered already.
            yield replace(stretch, start=min(start, end), end=min(start, end))
        at = max(at, end)
    if at < span.end:
        yield _gap(place, at, span.end)


def _gap(place: Place, start: str, end: str) -> Stretch:
    return Stretch(
        account=place[0], region=place[1], trail=place[2], start=start, end=end,
        integrity=None, whole=False, reason=NO_DIGEST,
    )  # fmt: skip


def _doubt(stretch: Stretch, moments: Sequence[str]) -> Stretch:
    """Take note of log files that were delivered in that time, and that no digest names."""
    extra = bisect_left(moments, stretch.end) - bisect_left(moments, stretch.start)
    if not extra:
        return stretch
    files = "a log file is" if extra == 1 else f"{extra} log files are"
    reason = f"{files} named by no digest"
    reasons = "; ".join(filter(None, (stretch.reason, reason)))
    return replace(stretch, integrity=False, reason=reasons)


def _order(stretch: Stretch) -> tuple[str, str, bool]:
    return stretch.start, stretch.end, stretch.whole is not True


def hours_between(
    heard: Iterable[tuple[str, str, int, int]], place: tuple[str, str], span: Span, silence: str
) -> Iterator[Stretch]:
    """Yield hours with events, of which perhaps all is there, and hours without any.

    Args:
        heard: first and last moment of each file, its events, and what was malformed.
        silence: what to say of hours without an event.
    """
    hours = sorted(
        (_hour(first), _hour(last, 1), events, bad) for first, last, events, bad in heard
    )
    found = [
        Stretch(
            account=place[0], region=place[1], start=start, end=end, integrity=None, whole=True,
            files=1, events=told, malformed=bad,
        )
        for start, end, told, bad in hours
        if end > span.start and start < span.end
    ]  # fmt: skip
    for stretch in join(_filled(found, (*place, ""), span)):
        yield replace(stretch, whole=None, reason=silence) if stretch.whole is False else stretch


def _hour(moment: str, later: int = 0) -> str:
    start = datetime.fromisoformat(moment).astimezone(UTC)
    return _text(start.replace(minute=0, second=0, microsecond=0) + timedelta(hours=later))


def _midnight(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T00:00:00+00:00")


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
