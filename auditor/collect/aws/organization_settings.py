"""What the other policies of an organisation limit: perimeters, settings of EC2, use of content.

Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html,
orgs_manage_policies_declarative_syntax.html and orgs_manage_policies_ai-opt-out_syntax.html
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditor.collect.aws.policy_documents import document_of, several
from auditor.model import Json, Unknown
from auditor.tables import Maybe

OUTSIDE_PRINCIPALS, PUBLIC_ACCESS, USE_OF_CONTENT = (
    "outside principals",
    "public access",
    "use of content",
)
_OWN = frozenset({"aws:principalorgid", "aws:principalorgpaths", "aws:principalaccount"})
_NOT_EQUAL = frozenset({"stringnotequals", "stringnotlike", "stringnotequalsignorecase"})
# What the example of a perimeter leaves out: calls of AWS services, which have no organisation.
_OF_SERVICES = frozenset({"aws:principalisawsservice", "aws:viaawsservice"})
_BLOCKS = {
    "snapshot_block_public_access": frozenset({"block_all_sharing", "block_new_sharing"}),
    "image_block_public_access": frozenset({"block_new_sharing"}),
}
_ASSIGN = "@@assign"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a policy limits, and what escapes it, in its own words."""

    limits: tuple[str, ...] = ()
    escapes: tuple[str, ...] = ()


def read_perimeter(policy: Json) -> Maybe[Limits]:
    """Return what a resource control policy keeps out, and the actions and conditions it does not.

    Only denials of principals from outside are understood; anything else limits nothing known.
    """
    document = document_of(policy)
    if isinstance(document, Unknown):
        return document
    escapes: list[str] = []
    is_perimeter = False
    for statement in several(document.get("Statement")):
        if isinstance(statement, Mapping) and statement.get("Effect") == "Deny":
            own, others = _tests(statement.get("Condition"))
            if own:
                is_perimeter = True
                escapes += [*others, *_uncovered(statement)]
    if not is_perimeter:
        return Limits()
    return Limits(limits=(OUTSIDE_PRINCIPALS,), escapes=tuple(sorted(set(escapes))))


def read_declarations(policy: Json) -> Maybe[Limits]:
    """Return whether a declarative policy for EC2 blocks public images and snapshots."""
    document = document_of(policy)
    if isinstance(document, Unknown):
        return document
    settings = document.get("ec2_attributes")
    blocked = {
        name for name, states in _BLOCKS.items() if _assigned(settings, name, "state") in states
    }
    if not blocked:
        return Limits()
    return Limits(limits=(PUBLIC_ACCESS,), escapes=tuple(sorted(_BLOCKS.keys() - blocked)))


def read_opt_outs(policy: Json) -> Maybe[Limits]:
    """Return whether a policy opts all AI services out of the use of content."""
    document = document_of(policy)
    if isinstance(document, Unknown):
        return document
    services = document.get("services")
    if _assigned(services, "default", "opt_out_policy") != "optOut":
        return Limits()
    names = services if isinstance(services, Mapping) else {}
    in_again = [n for n in names if _assigned(services, n, "opt_out_policy") == "optIn"]
    return Limits(limits=(USE_OF_CONTENT,), escapes=tuple(sorted(map(str, in_again))))


def _tests(condition: Json) -> tuple[bool, list[str]]:
    """Return whether a condition spares one's own principals, and what else it asks for."""
    own, others = False, []
    for operator, tests in condition.items() if isinstance(condition, Mapping) else ():
        for key in tests if isinstance(tests, Mapping) else ():
            name = str(key).lower()
            if name in _OWN and str(operator).lower().removesuffix("ifexists") in _NOT_EQUAL:
                own = True
            elif name not in _OF_SERVICES:
                others.append(f"unless {str(operator).lower()} {name}")
    return own, others


def _uncovered(statement: Mapping[str, Json]) -> Iterator[str]:
    actions = several(statement.get("Action", []))
    if actions != ["*"]:
        yield "actions other than " + ", ".join(sorted(map(str, actions)))
    if several(statement.get("Resource", "*")) != ["*"] or "NotResource" in statement:
        yield "resources that it does not name"


def _assigned(settings: Json, *names: str) -> Json:
    for name in (*names, _ASSIGN):
        settings = settings.get(name) if isinstance(settings, Mapping) else None
    return settings if isinstance(settings, str) else None
