"""Finds the log files of some days below a prefix, in whatever layout, and lists nothing else.

Below a prefix, names either begin with dates or are folders. Dates are listed as one range of keys;
folders are looked into. So a bucket with years of logs costs what the days in question cost.
"""

import re
from collections.abc import Iterator, Set
from datetime import timedelta
from itertools import groupby

from auditor.activity.names import Days, is_foreign, read_name
from auditor.activity.objects import Folder, Listed, Objects, Refusal, key_fault

DEEPEST = 12  # folders below one another; AWSLogs/o-…/account/CloudTrail/region is five
_LAST = "\U0010ffff"
# A name that begins with a date -> how the date is written.
_DATED = (
    (re.compile(r"20[0-9]{2}/$"), "%Y/%m/%d"),
    (re.compile(r"20[0-9]{2}-[01][0-9]-[0-3][0-9]"), "%Y-%m-%d"),
    (re.compile(r"20[0-9]{2}[01][0-9][0-3][0-9]T"), "%Y%m%d"),
)
# Of a date, what those of its year begin with; '~' sorts after all of them.
_AFTER_YEAR = re.compile(r"(20[0-9]{2}-?).*", re.DOTALL)


def find_files(
    objects: Objects, prefix: str, kind: str, days: Days, *, by_range: bool
) -> Iterator[Listed | Refusal]:
    """Yield the files of those days, log files, digests and others, and what was refused.

    Args:
        by_range: whether to list ranges of dates only. On a disk, where listing costs nothing,
            everything is listed: somebody may have laid it out in another way.
    """
    everything = objects.list(prefix, "", _LAST)
    for found in _below(objects, prefix, days, DEEPEST, kind) if by_range else everything:
        if isinstance(found, Refusal):
            yield found
        elif fault := key_fault(found.key):
            yield Refusal(about=ascii(found.key), reason=fault)
        elif days.holds(read_name(kind, found.key).day):
            yield found


def _below(
    objects: Objects,
    prefix: str,
    days: Days,
    depth: int,
    kind: str,
    after: str = "",
    listed: Set[str] = frozenset(),
) -> Iterator[Listed | Refusal]:
    """Yield what is below a prefix; ``listed`` are the ways of writing dates that are done."""
    if depth == 0:
        yield Refusal(about=ascii(prefix), reason=f"it is more than {DEEPEST} folders deep")
        return
    for entry in _once(objects.look(prefix, after)):
        place = entry.prefix if isinstance(entry, Folder) else getattr(entry, "key", "")
        written = _dated(place[len(prefix) :])
        if written:
            if written not in listed:
                yield from _range(objects, prefix, days, written)
            listed |= {written}
            if isinstance(entry, Folder):
                continue
            # What is named otherwise may stand between the dates of two years: an account's number.
            following = prefix + _AFTER_YEAR.sub(r"\1~", place[len(prefix) :])
            yield from _below(objects, prefix, days, depth, kind, following, listed)
            return
        if not isinstance(entry, Folder):
            yield entry
        elif not is_foreign(kind, entry.prefix):
            yield from _below(objects, entry.prefix, days, depth - 1, kind)


def _once(
    entries: Iterator[Listed | Folder | Refusal],
) -> Iterator[Listed | Folder | Refusal]:
    """Yield each entry once: a folder whose objects go on on the next page stands on both."""
    return (entry for entry, _ in groupby(entries))


def _dated(name: str) -> str:
    return next((written for pattern, written in _DATED if pattern.match(name)), "")


def _range(objects: Objects, prefix: str, days: Days, written: str) -> Iterator[Listed | Refusal]:
    after_last = days.last + timedelta(days=1)
    first, until = days.first.strftime(written), after_last.strftime(written)
    yield from objects.list(prefix, prefix + first, prefix + until)
