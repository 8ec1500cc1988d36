"""Whether the condition of a statement holds, as far as is known: true, false, or unknown (None).

Oracle's rules: matching ignores case; a variable that does not apply to a request makes its
comparison false, ``!=`` included; ``request.region`` is the region that a request is made in, by
its three-letter key, and not where a copy goes.

Sources:
    https://docs.oracle.com/en-us/iaas/Content/Identity/policysyntax/conditions.htm
    https://docs.oracle.com/en-us/iaas/Content/Identity/Concepts/policyadvancedfeatures.htm
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, time
from functools import lru_cache

from auditor.collect.oci.iam.statement import Condition, Group, Test, Value
from auditor.collect.oci.regions import REGIONS

Truth = bool | None
Known = Mapping[str, str | tuple[str, ...] | None]  # None: does not apply to the request
REGION = "request.region"
PERMISSION = "request.permission"
MOMENT = "request.utc-timestamp"
_NEGATIVE = ("!=", "not in")
_NAMED_LIKE_FILES = "target.object.name"  # Oracle's examples have '*' for any run in quotes, too
_REGION_KEYS = {name: region.key for name, region in REGIONS.items()}


def holds(condition: Condition | None, known: Known) -> Truth:
    """Return whether a condition holds.

    Args:
        known: variable, in lower case -> value, or None if it does not apply. A variable that is
            left out is unknown.
    """
    if condition is None:
        return True
    if isinstance(condition, Group):
        parts = [holds(part, known) for part in condition.parts]
        return every(parts) if condition.every else some(parts)
    if condition.variable not in known:
        return None
    value = known[condition.variable]
    if value is None:
        return False
    if isinstance(value, str):
        return _compare(condition, value)
    return _compare_several(condition, value)


def every(parts: Iterable[Truth]) -> Truth:
    """Kleene's and."""
    found = list(parts)
    return False if False in found else None if None in found else True


def some(parts: Iterable[Truth]) -> Truth:
    """Kleene's or."""
    found = list(parts)
    return True if True in found else None if None in found else False


def variables(condition: Condition | None) -> tuple[str, ...]:
    """Return the names of the variables that a condition depends on, sorted."""
    return tuple(sorted({test.variable for test in tests(condition)}))


def tests(condition: Condition | None) -> Iterator[Test]:
    """Yield every comparison of a condition."""
    if isinstance(condition, Group):
        for part in condition.parts:
            yield from tests(part)
    elif condition is not None:
        yield condition


def last_moment(condition: Condition | None) -> str:
    """Return the moment from which a condition never holds any more, '' if there is none."""
    if isinstance(condition, Group):
        ends = [last_moment(part) for part in condition.parts]
        given = [each for each in ends if each]
        if condition.every:
            return min(given, default="")
        return max(given) if len(given) == len(ends) else ""
    if condition is None or condition.variable != MOMENT:
        return ""
    if condition.operator not in ("before", "between"):
        return ""
    moment = _moment(condition.values[-1].text)
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z") if moment else ""


def _compare_several(test: Test, values: tuple[str, ...]) -> Truth:
    """Compare a list, such as that of a user's groups: one that fits is enough to be equal.

    That some differ and some do not is documented nowhere to be different, or not to be.
    """
    if not values:
        return False
    each = [_compare(test, value) for value in values]
    if test.operator not in _NEGATIVE:
        return some(each)
    return each[0] if len(set(each)) == 1 else None


def _compare(test: Test, actual: str) -> Truth:
    if test.operator in ("before", "after", "between"):
        return _compare_times(test, actual)
    found = some(_matches(test.variable, value, actual) for value in test.values)
    if test.operator in _NEGATIVE:
        return None if found is None else not found
    return found


def _matches(variable: str, value: Value, actual: str) -> Truth:
    wanted, actual = value.text.lower(), actual.lower()
    if variable == REGION:
        return _same_region(value, actual)
    if value.pattern:
        return _glob(wanted).fullmatch(actual) is not None
    if wanted == actual:
        return True
    if "*" not in wanted or _glob(wanted).fullmatch(actual) is None:
        return False
    return True if variable == _NAMED_LIKE_FILES else None


def _same_region(value: Value, actual: str) -> Truth:
    """Compare with a region's key; that Oracle also takes its name is not documented."""
    wanted, key = value.text.lower(), _REGION_KEYS.get(actual, actual)
    if value.pattern:
        if _glob(wanted).fullmatch(key):
            return True
        return None if _glob(wanted).fullmatch(actual) else False
    if wanted == key:
        return True
    return None if wanted == actual else False


@lru_cache(maxsize=10_000)
def _glob(pattern: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in pattern.split("*")), re.DOTALL)


def _compare_times(test: Test, actual: str) -> Truth:
    parts = [_comparable(text) for text in (actual, *(value.text for value in test.values))]
    if any(part is None for part in parts) or len({type(part) for part in parts}) > 1:
        return None
    now, first, *rest = (str(part.isoformat()) for part in parts if part is not None)
    if test.operator == "before":
        return now < first
    if test.operator == "after":
        return now > first
    # A span of hours may run over midnight.
    inside = (first <= now, now <= rest[0])
    return any(inside) if first > rest[0] else all(inside)


def _comparable(text: str) -> datetime | time | None:
    try:
        return time.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return _moment(text)


def _moment(text: str) -> datetime | None:
    """Read the forms that Oracle names: to the second, to the minute, or the day followed by Z."""
    for form in (text, text.removesuffix("Z").removesuffix("z")):
        try:
            found = datetime.fromisoformat(form)
        except ValueError:
            continue
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    return None
