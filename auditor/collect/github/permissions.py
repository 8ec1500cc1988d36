"""The least that a GitHub App or a fine-grained token must be allowed, to read what is read.

Names are those of an App's permissions. Source:
https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps
"""

from collections.abc import Iterable

from auditor.spec import Call, Collector

_READ, _WRITE = "read", "write"
_BYPASSERS = ("administration", _WRITE)  # who may bypass a ruleset is left out for others


def grants_of(call: Call) -> tuple[str, ...]:
    """Return the permissions that a call needs: 'contents:read'."""
    return tuple(call.permission.split())


def least_privilege(collectors: Iterable[Collector]) -> tuple[str, ...]:
    """Return the permissions to read, sorted: 'contents: read'."""
    return tuple(f"{name}: {_READ}" for name, level in _asked(collectors) if level == _READ)


def shown_to_writers(collectors: Iterable[Collector]) -> tuple[str, ...]:
    """Return the permissions that GitHub asks for before it shows something, although they write.

    Without them, what they show stays unknown. The audit never uses them to write.
    """
    asked = {each for each in _asked(collectors) if each[1] == _WRITE}
    return tuple(f"{name}: {level}" for name, level in sorted({*asked, _BYPASSERS}))


def _asked(collectors: Iterable[Collector]) -> list[tuple[str, str]]:
    grants = {each for one in collectors for call in one.calls for each in grants_of(call)}
    return sorted((name, level) for name, _, level in (each.partition(":") for each in grants))
