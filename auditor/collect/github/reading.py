"""Reads that several collectors of GitHub share: ids, moments, and lists that may have been cut."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from auditor.model import Json, Unknown
from auditor.spec import Found, dig
from auditor.tables import Maybe

PAGE = 100  # the most that GitHub gives
ROLES = {
    "READ": "read",
    "TRIAGE": "read",
    "WRITE": "write",
    "MAINTAIN": "write",
    "ADMIN": "administer",
}
_NO_ACCOUNT = Unknown("GitHub binds no account to it: it was deleted, or never there")
# Commits that GitHub makes itself have its own address, which stands for nobody.
WEB_FLOW = ("web-flow", "noreply@github.com")


def repository_of(found: Found, full_name: Json) -> str:
    """Return the id of a repository, from its owner and name."""
    return f"github/{found.place['host']}/{full_name}"


def user_of(found: Found, login: Json) -> Maybe[str]:
    """Return the id of a user, or why there is none; the programs of GitHub Apps are apps."""
    if not isinstance(login, str) or not login:
        return _NO_ACCOUNT
    if login.endswith("[bot]"):
        return app_of(found, login.removesuffix("[bot]"))
    return f"github/{found.place['host']}/user/{login.lower()}"


def app_of(found: Found, slug: Json) -> Maybe[str]:
    """Return the id of a GitHub App."""
    if not isinstance(slug, str) or not slug:
        return _NO_ACCOUNT
    return f"github/{found.place['host']}/app/{slug.lower()}"


def team_of(found: Found, combined: Json) -> Maybe[str]:
    """Return the id of a team, from its organisation and short name."""
    if not isinstance(combined, str) or "/" not in combined:
        return Unknown("GitHub does not name the team")
    return f"github/{found.place['host']}/team/{combined.lower()}"


def actor_of(found: Found, actor: Json) -> Maybe[str]:
    """Return the id of whoever acted: a user or the program of an App."""
    if not isinstance(actor, Mapping):
        return _NO_ACCOUNT
    if actor.get("__typename") == "Bot":
        return app_of(found, actor.get("login"))
    return user_of(found, actor.get("login"))


def holder_of(found: Found, actor: Json) -> Maybe[str]:
    """Return the id of a user, team or App that a rule names."""
    kind = dig(actor, "__typename")
    if kind == "Team":
        return team_of(found, dig(actor, "combinedSlug"))
    if kind == "App":
        return app_of(found, dig(actor, "slug"))
    if kind == "User":
        return user_of(found, dig(actor, "login"))
    return Unknown("GitHub does not name whom the rule lets through")


def whole(
    value: Json, what: str, permission: str = "", members: str = "nodes"
) -> Maybe[tuple[Mapping[str, Json], ...]]:
    """Return a nested list if all of it was answered, or why nobody knows all of it.

    Args:
        value: the list with its ``pageInfo`` or ``totalCount``, None where it is hidden.
        what: names it in a sentence.
        permission: what to grant so that it is shown.
    """
    if not isinstance(value, Mapping):
        return Unknown(f"GitHub does not show {what}", permission)
    listed = value.get(members)
    if not isinstance(listed, list) or not all(isinstance(each, Mapping) for each in listed):
        return Unknown(f"GitHub does not show all of {what}", permission)
    total = value.get("totalCount")
    if dig(value, "pageInfo.hasNextPage") or (isinstance(total, int) and total > len(listed)):
        return Unknown(f"GitHub shows only the first {len(listed)} of {what}")
    return tuple(listed)


def shown(value: Json, members: str = "nodes") -> list[Mapping[str, Json]]:
    """Return what is shown of a nested list, cut or not."""
    listed = dig(value, members)
    return (
        [each for each in listed if isinstance(each, Mapping)] if isinstance(listed, list) else []
    )


def continued(
    found: Found, path: str, detail: str, what: str, permission: str = "", members: str = "nodes"
) -> Maybe[tuple[Mapping[str, Json], ...]]:
    """Return a nested list together with the rest that a detail asked for, where it was cut."""
    value = found.read(path, absent=None)
    if not dig(value, "pageInfo.hasNextPage"):
        return whole(value, what, permission, members)
    rest = found.read(detail)
    if isinstance(rest, Unknown):
        return rest
    return (*shown(value, members), *(each for each in rest if isinstance(each, Mapping)))


def text(value: Json, what: str) -> Maybe[str]:
    """Return a string, or why there is none."""
    return value if isinstance(value, str) else Unknown(f"GitHub does not state {what}")


def flag(value: Json, what: str, permission: str = "") -> Maybe[bool]:
    """Return a truth value, or why there is none."""
    return value if isinstance(value, bool) else Unknown(f"GitHub does not show {what}", permission)


def number(value: Json, what: str) -> Maybe[int]:
    """Return a whole number, or why there is none."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return Unknown(f"GitHub does not state {what}")


def moment(value: Json) -> Maybe[str]:
    """Return a moment as the fact tables write it, from RFC 3339 or milliseconds."""
    try:
        if isinstance(value, int) and not isinstance(value, bool):
            parsed = datetime.fromtimestamp(value / 1000, UTC)
        else:
            parsed = datetime.fromisoformat(value)
    except (TypeError, ValueError, OverflowError, OSError):
        return Unknown(f"{str(value)[:100]!r} is not a moment")
    aware = (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).astimezone(UTC)
    return aware.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def together(values: Sequence[Maybe[str]]) -> Maybe[tuple[str, ...]]:
    """Return names as one sorted tuple; unknown as soon as one is."""
    unknown = next((each for each in values if isinstance(each, Unknown)), None)
    if unknown is not None:
        return unknown
    return tuple(sorted({each for each in values if isinstance(each, str)}))


def held_by(found: Found) -> dict[str, Any]:
    """Return the columns that every row of an organisation shares."""
    return {
        "evidence": found.evidence,
        "provider": "github",
        "account": found.place["account"],
    }
