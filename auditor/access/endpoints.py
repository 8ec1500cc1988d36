"""Ways through VPC endpoints that are closed: a statement asks for one whose policy lets none pass.

A policy of an endpoint limits what passes through it, and nothing else. So it matters where another
statement asks for that endpoint (``aws:SourceVpce``): if the endpoint's policy allows nothing of
what the statement is about, to nobody, no request comes that way.

Source: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from auditor.access.operators import NEGATED
from auditor.access.patterns import overlaps
from auditor.access.statements import Statement, Test

KEY = "aws:sourcevpce"
_EXACT = ("stringequals", "stringequalsignorecase", "stringlike")

Endpoints = Mapping[str, tuple[Statement, ...]]


def without_closed(
    statements: tuple[Statement, ...], endpoints: Endpoints
) -> tuple[Statement, ...]:
    """Return statements that no longer ask for endpoints through which nothing comes.

    Args:
        endpoints: id ('vpce-…') -> statements of its policy; only those whose policy was read.
    """
    if not any(test.key == KEY for each in statements for test in each.tests):
        return statements
    return tuple(_open_only(each, endpoints) for each in statements)


def _open_only(statement: Statement, endpoints: Endpoints) -> Statement:
    tests = tuple(_narrowed(test, statement, endpoints) for test in statement.tests)
    return statement if tests == statement.tests else replace(statement, tests=tests)


def _narrowed(test: Test, statement: Statement, endpoints: Endpoints) -> Test:
    """Take closed endpoints out of what an Allow asks for, or a Deny spares."""
    spares = test.operator in NEGATED
    positive = NEGATED.get(test.operator, test.operator)
    if test.key != KEY or test.quantifier or positive not in _EXACT or spares == statement.allows:
        return test
    if test.if_exists and not spares:  # what comes through no endpoint passes as well
        return test
    kept = (each for each in test.values if not _closed(each, statement, endpoints))
    return replace(test, values=tuple(kept))


def _closed(name: str, statement: Statement, endpoints: Endpoints) -> bool:
    if name not in endpoints:
        return False
    return not any(
        each.fault or (each.allows and _meet(each, statement)) for each in endpoints[name]
    )


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
