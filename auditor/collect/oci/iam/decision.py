"""What the policies of one tenancy say to one request: allowed, not allowed, or unknown (None).

A request is allowed if a statement allows it and none denies it; whatever cannot be decided
leaves the answer unknown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from auditor.collect.oci.iam.conditions import Known, Truth, every, holds, some
from auditor.collect.oci.iam.resources import PERMISSIONS, covers, includes, verb_of
from auditor.collect.oci.iam.statement import Effect, Location, Principal, Reach, Statement
from auditor.model import Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Compartment:
    """One step on the way from the root compartment; the root's OCID is the tenancy's."""

    id: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """One statement, and the compartment that its policy is attached to.

    Attributes:
        statement: as ``parse`` returns it; what could not be read leaves answers unknown.
    """

    statement: Statement | Unknown
    compartment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request of a user of the same tenancy.

    Attributes:
        groups: the user's groups: names, 'Domain/name', or OCIDs.
        needs: 'inspect buckets', or '{PAR_MANAGE}'; several permissions are all needed.
        compartments: from the root compartment to the one that the request is about.
        variables: what is known of the request, by variable in lower case; None for what does not
            apply to it.
    """

    groups: frozenset[str]
    needs: str
    compartments: Sequence[Compartment]
    variables: Known = field(default_factory=dict)


def decide(statements: Iterable[Attached], request: Request) -> Truth:
    """Return whether statements allow a request. No statement at all allows nothing."""
    allowed: list[Truth] = []
    denied: list[Truth] = []
    for each in statements:
        if isinstance(each.statement, Unknown):
            allowed.append(None)
        elif each.statement.effect is Effect.ALLOW and each.statement.reach:
            says = _says(each.statement, each.statement.reach, each.compartment, request)
            (denied if each.statement.denies else allowed).append(says)
    if some(denied):
        return False
    return every((some(allowed), None if None in denied else True))


def _says(statement: Statement, reach: Reach, attached: str, request: Request) -> Truth:
    """Return whether a statement is about a request; the cheapest question comes first."""
    given = _denies(reach, request.needs) if statement.denies else _gives(reach, request.needs)
    if given is False:
        return False
    named = some(_is(principal, request.groups) for principal in statement.principals)
    if named is False:
        return False
    there = _contains(reach.location, attached, request.compartments)
    return every((given, named, there, holds(statement.condition, request.variables)))


def _gives(reach: Reach, needs: str) -> Truth:
    if needs.startswith("{"):
        return every(_gives_permission(reach, each) for each in _permissions(needs))
    verb, _, resource = needs.partition(" ")
    if reach.permissions:
        wanted = [name for name, of in PERMISSIONS.items() if of == (resource, verb)]
        return set(wanted) <= set(reach.permissions) if wanted else None
    return every((includes(reach.verb, verb), covers(reach.resource, resource)))


def _gives_permission(reach: Reach, permission: str) -> Truth:
    if reach.permissions:
        return permission in reach.permissions
    verb = verb_of(permission)
    enough = includes(reach.verb, verb) if verb else True if reach.verb == "manage" else None
    if permission in PERMISSIONS:
        return every((enough, covers(reach.resource, PERMISSIONS[permission][0])))
    return every((enough, True if reach.resource == "all-resources" else None))


def _denies(reach: Reach, needs: str) -> Truth:
    """Return whether a denial is about what a request needs.

    Whether a verb that is denied takes the lesser or the greater ones with it is not documented
    in words that decide it, so only the same verb is certain.
    """
    gives = _gives(reach, needs)
    if needs.startswith("{"):
        return gives if reach.permissions or gives is False else None
    verb, _, resource = needs.partition(" ")
    if reach.permissions:
        return None if gives is not True else True
    return every((True if verb == reach.verb else None, covers(reach.resource, resource)))


def _permissions(needs: str) -> list[str]:
    return [each.strip().upper() for each in needs.strip("{} ").split(",")]


def _is(principal: Principal, groups: frozenset[str]) -> Truth:
    if principal.kind in ("any-user", "any-group"):
        return True
    if principal.kind != "group":
        return False
    lower = {group.lower().removeprefix("default/") for group in groups}
    return principal.label.lower().removeprefix("default/") in lower


def _contains(location: Location, attached: str, way: Sequence[Compartment]) -> Truth:
    """Return whether a place holds a compartment, given the way to it from the root."""
    if location.kind == "tenancy" and not location.tenancy:
        return True
    if location.kind != "compartment" or location.tenancy:
        return False
    ids = [each.id for each in way]
    if location.ocid:
        return location.ocid in ids
    if attached not in ids:
        return False
    at, wanted = ids.index(attached), [name.lower() for name in location.path]
    names = [each.name.lower() for each in way]
    # Below where the policy is attached, or that place itself by its own name.
    return wanted in (names[at + 1 : at + 1 + len(wanted)], names[at : at + len(wanted)])
