"""What a statement comes to: how much it gives, over what, and when, as far as is known."""

from collections.abc import Iterable

from auditor.collect.oci.iam.conditions import PERMISSION, REGION, holds, variables
from auditor.collect.oci.iam.conditions import tests as tests_of
from auditor.collect.oci.iam.resources import (
    ACCESS,
    DECRYPT,
    EVERYTHING,
    OF_SETTINGS,
    OPENING,
    PERMISSIONS,
    VERBS,
    gives,
    holdings,
    verb_of,
)
from auditor.collect.oci.iam.statement import Condition, Reach, Statement, Value
from auditor.collect.oci.regions import REGIONS
from auditor.model import Unknown
from auditor.tables import Maybe

EVERYWHERE = ("*",)
_NONE_NAMED = "\x00"  # stands for every value that a condition does not name


def access_of(statement: Statement) -> Maybe[str]:
    """Return the most that a statement gives: a verb, '' for a definition.

    A condition that lets only named permissions through lowers it.
    """
    reach = statement.reach
    if reach is None:
        return ""
    if reach.permissions:
        return _strongest(reach.permissions)
    named = _permissions_let_through(statement.condition)
    if named is None or reach.verb not in VERBS:
        return reach.verb
    strongest = _strongest(named)
    if isinstance(strongest, Unknown):
        return reach.verb
    return min(strongest, reach.verb, key=VERBS.index)


def holdings_of(statement: Statement) -> Maybe[tuple[str, ...]]:
    """Return what holds data that a statement reaches.

    Who may manage policies can give himself everything.
    """
    reach = statement.reach
    if reach is None:
        return ()
    if reach.resource == "policies" and reach.verb == "manage":
        return EVERYWHERE
    found: set[str] = set()
    for word, verb in _reached(statement, reach):
        held = holdings(word, verb)
        if held is None:
            return Unknown(f"what {word} covers is not in this version's table")
        found.update(held)
    return tuple(sorted(found))


def gives_of(statement: Statement) -> Maybe[tuple[str, ...]]:
    """Return which access a statement gives to what it reaches, in the words of grants."""
    access = access_of(statement)
    if isinstance(access, Unknown):
        return access
    if statement.reach is None:
        return ()
    found = {word for each, by in _given(statement.reach, access) for word in gives(each, by)}
    if _only_closes(statement.reach.permissions):
        found.discard(DECRYPT)
    return tuple(word for word in ACCESS if word in found)


def _only_closes(permissions: Iterable[str]) -> bool:
    """Whether permissions are listed, and none of them opens what a key encrypts."""
    named = set(permissions)
    known = all(PERMISSIONS.get(each, ("",))[0] != "" for each in named)
    return bool(named) and known and not named & OPENING


def _given(reach: Reach, access: str) -> list[tuple[str, str]]:
    """Return the words for resources, each with what is given to it, and no more."""
    if reach.permissions and not reach.resource:
        named = [each for each in reach.permissions if each not in OF_SETTINGS]
        return [PERMISSIONS.get(each, (each, verb_of(each) or access)) for each in named]
    return [(each, access) for each in (reach.resource, reach.other_resource) if each]


def _reached(statement: Statement, reach: Reach) -> list[tuple[str, str]]:
    """Return the words for resources, each with the verb that it is reached by."""
    if reach.permissions and not reach.resource:
        named = [each for each in reach.permissions if each not in OF_SETTINGS]
        return [PERMISSIONS.get(each, (each, VERBS[-1])) for each in named]
    access = access_of(statement)
    # What is not known, and what associates, may be as much as anything.
    verb = access if access in VERBS else VERBS[-1]
    return [(each, str(verb)) for each in (reach.resource, reach.other_resource) if each]


def regions_of(condition: Condition | None) -> tuple[str, ...]:
    """Return the regions from which a request can meet a condition; '*' if it names none."""
    if REGION not in variables(condition):
        return EVERYWHERE
    return tuple(sorted(name for name in REGIONS if holds(condition, {REGION: name}) is not False))


def regions_denied(statement: Statement) -> tuple[str, ...]:
    """Return the regions in which a denial stops every request to create anything.

    Only one that speaks of everybody and everything does, and of nothing but the region.
    """
    reach = statement.reach
    if not statement.denies or reach is None or reach.resource != EVERYTHING:
        return ()
    if statement.principals[0].kind not in ("any-user", "any-group") or reach.verb != "manage":
        return ()
    if variables(statement.condition) != (REGION,):
        return ()
    return tuple(sorted(name for name in REGIONS if holds(statement.condition, {REGION: name})))


def _strongest(permissions: Iterable[str]) -> Maybe[str]:
    found = {each: verb_of(each) for each in permissions}
    unknown = next((each for each, verb in found.items() if verb is None), None)
    if unknown:
        return Unknown(f"how much {unknown} gives is not in this version's table")
    verbs = [verb for verb in found.values() if verb]
    return max(verbs, key=VERBS.index, default=VERBS[0])


def _permissions_let_through(condition: Condition | None) -> list[str] | None:
    """Return the only permissions that a condition lets through, None if others can pass."""
    if PERMISSION not in variables(condition):
        return None
    if holds(condition, {PERMISSION: _NONE_NAMED}) is not False:
        return None
    values = [v for test in tests_of(condition) if test.variable == PERMISSION for v in test.values]
    named = {name for value in values for name in _names(value)}
    return sorted(name for name in named if holds(condition, {PERMISSION: name}) is not False)


def _names(value: Value) -> list[str]:
    """Return the permissions that a value can stand for; a pattern may stand for any, too."""
    return [value.text.upper(), *(PERMISSIONS if value.pattern else ())]
