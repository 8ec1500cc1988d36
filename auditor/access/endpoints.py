"""Ways through VPC endpoints that are closed: a statement asks for one whose policy lets none pass.

A policy of an endpoint limits what passes through it, and nothing else. So it matters where another
statement asks for that endpoint (``aws:SourceVpce``): if the endpoint's policy allows nothing of
what the statement is about, to nobody, no request comes that way. A request is a VPC's
(``aws:SourceVpc``) if it comes through any of its endpoints: without an open one, none comes.

Sources:
    https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from auditor.access.operators import NEGATED
from auditor.access.patterns import overlaps
from auditor.access.statements import Statement, Test

_ENDPOINT, _NETWORK = "aws:sourcevpce", "aws:sourcevpc"
# Why nothing is left of what a statement asks for.
CLOSED = {
    _ENDPOINT: "the endpoint's own policy lets none of it pass",
    _NETWORK: "none of it comes through an endpoint of that network",
}
_EXACT = ("stringequals", "stringequalsignorecase", "stringlike")


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoints:
    """The VPC endpoints that were seen.

    Attributes:
        policies: id ('vpce-…') -> statements of its policy; only those whose policy was read.
        networks: VPC ('vpc-…') -> ids of its endpoints; only VPCs of which every endpoint is known.
    """

    policies: Mapping[str, tuple[Statement, ...]] = field(default_factory=dict)
    networks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def without_closed(
    statements: tuple[Statement, ...], endpoints: Endpoints
) -> tuple[Statement, ...]:
    """Return statements that no longer ask for endpoints and VPCs from which nothing comes."""
    if not any(test.key in CLOSED for each in statements for test in each.tests):
        return statements
    return tuple(_open_only(each, endpoints) for each in statements)


def _open_only(statement: Statement, endpoints: Endpoints) -> Statement:
    tests = tuple(_narrowed(test, statement, endpoints) for test in statement.tests)
    return statement if tests == statement.tests else replace(statement, tests=tests)


def _narrowed(test: Test, statement: Statement, endpoints: Endpoints) -> Test:
    """Take closed endpoints out of what an Allow asks for, or a Deny spares."""
    spares = test.operator in NEGATED
    positive = NEGATED.get(test.operator, test.operator)
    closed = {_ENDPOINT: _closed, _NETWORK: _shut}.get(test.key)
    if not closed or test.quantifier or positive not in _EXACT or spares == statement.allows:
        return test
    if test.if_exists and not spares:  # what comes through no endpoint passes as well
        return test
    kept = (each for each in test.values if not closed(each, statement, endpoints))
    return replace(test, values=tuple(kept))


def _closed(name: str, statement: Statement, endpoints: Endpoints) -> bool:
    if name not in endpoints.policies:
        return False
    return not any(
        each.fault or (each.allows and _meet(each, statement)) for each in endpoints.policies[name]
    )


def _shut(network: str, statement: Statement, endpoints: Endpoints) -> bool:
    """Whether nothing that a statement is about comes through any endpoint of a VPC."""
    ways = endpoints.networks.get(network)
    return ways is not None and all(_closed(each, statement, endpoints) for each in ways)


def _meet(policy: Statement, statement: Statement) -> bool:
    """Whether two statements may be about one action on one resource."""
    actions = policy.not_actions or statement.not_actions
    resources = policy.not_resources or statement.not_resources
    return (actions or _touch(policy.actions, statement.actions)) and (
        resources or _touch(policy.resources, statement.resources)
    )


def _touch(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether something may match patterns of both; never false if something does."""
    mine = tuple(map(_widened, others))
    return any(overlaps(_widened(one), other) for one in some for other in mine)


def _widened(pattern: str) -> str:
    """Return a pattern with anything from its first variable on."""
    literal, variable, _ = pattern.partition("${")
    return f"{literal}*" if variable else pattern
