"""Moments that AWS states as a count since 1970, in text or as a number."""

from datetime import UTC, datetime

from auditor.model import Json, Unknown
from auditor.tables import Maybe

_ODD = Unknown("the moment of its creation is no count of seconds")


def moment_of(value: Json, unit: int) -> Maybe[str]:
    """Return a moment as ISO 8601 in UTC, or why it is unknown.

    Args:
        value: a count since 1970-01-01 UTC, or an Unknown.
        unit: counts per second: 1 or 1000.
    """
    if isinstance(value, Unknown):
        return value
    if isinstance(value, bool) or not isinstance(value, int | str):
        return _ODD
    try:
        seconds = int(value) // unit
        moment = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return _ODD
    return moment.isoformat().replace("+00:00", "Z")
