"""Reads that the collectors of packages and of recordings share."""

from auditor.model import Json, Unknown
from auditor.spec import Found
from auditor.tables import Maybe


def shared(found: Found) -> dict[str, Json]:
    """Return the columns that every row has."""
    return {
        "provider": "app",
        "account": found.place["target"],
        "evidence": found.evidence,
    }


def app_id(found: Found) -> str:
    """Return the id of a package: what it says that it is, and the digest that it has."""
    app = found.item["app"]
    name, version = app.get("application") or "?", app.get("version") or "?"
    return f"app/{app['platform']}/{name}/{version}/{app['digest']}"


def maybe(found: Found, column: str) -> Maybe[Json]:
    """Return a column of the package, or why the examination could not say it."""
    value = found.item["app"].get(column)
    if value is not None:
        return value
    reason = found.item["unknown"].get(column) or f"the examination says nothing of its {column}"
    return Unknown(str(reason))


def texts(found: Found, column: str) -> Maybe[tuple[str, ...]]:
    """Return a column of texts, or why the examination could not say it."""
    value = maybe(found, column)
    return tuple(value) if isinstance(value, list) else value
