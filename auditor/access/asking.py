"""Whether a statement is about what is asked: its actions, resources and conditions.

An Allow counts if it is about some of the scope that is asked for, a Deny only if it is about all
of it. A Deny that hangs on what callers choose freely takes nothing away: they choose otherwise.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from auditor.access.conditions import holds
from auditor.access.estate import Actor, Estate, Resource
from auditor.access.given import Known
from auditor.access.keys import freely_chosen
from auditor.access.patterns import covers, matches, overlaps, parts
from auditor.access.statements import Statement
from auditor.access.truth import (
    FALSE,
    TRUE,
    Truth,
    any_of,
    both,
    depends,
    known,
    negated,
    unknown,
)
from auditor.access.variables import Given, replaced
from auditor.model import Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Whether a principal may do something to a resource.

    Attributes:
        action: in lower case.
        scope: what Resource elements are held against; '*' at its end for every such thing.
    """

    estate: Estate
    actor: Actor
    action: str
    resource: Resource
    scope: str

    @property
    def given(self) -> Known:
        """What is known of the request."""
        return Known(self.estate, self.actor, self.resource)


def fault_of(statement: Statement) -> str:
    """Say why a statement may mean anything, without full stop; '' if it can be read."""
    if not statement.fault:
        return ""
    return f"{where(statement)} cannot be read: {statement.fault}"


def where(statement: Statement) -> str:
    """Name a statement in a sentence."""
    policy = statement.policy_id
    return f"statement {statement.number} of {policy}" if statement.number else f"policy {policy}"


def is_about(statement: Statement, action: str) -> bool:
    """Whether a statement names an action, given in lower case."""
    named = any(matches(pattern, action) for pattern in statement.actions)
    return named != statement.not_actions


def allows(
    statement: Statement, question: Question, principal: Truth = TRUE, *, whole: bool = False
) -> Truth:
    """Whether an Allow gives some of what is asked for, or the whole of it.

    Args:
        principal: whether it names who asks.
        whole: it must name all of the scope; what it names of it is asked about by itself.
    """
    if statement.fault:
        return unknown(fault_of(statement))
    if not statement.allows or principal.value is False:
        return FALSE
    if not is_about(statement, question.action):
        return FALSE
    about = about_scope(statement, question, whole=whole)
    return _met(statement, question, both(principal, about))


def denies(statement: Statement, question: Question, principal: Truth = TRUE) -> Truth:
    """Whether a Deny takes away all of what is asked for, whatever the caller chooses."""
    if statement.fault:
        return unknown(fault_of(statement))
    if statement.allows or not is_about(statement, question.action):
        return FALSE
    if avoidable(statement) or _is_chosen(principal):
        return FALSE
    about = about_scope(statement, question, whole=True)
    return _met(statement, question, both(principal, about))


def _met(statement: Statement, question: Question, about: Truth) -> Truth:
    return both(about, holds(statement.tests, question.given)) if about.possible else FALSE


def avoidable(statement: Statement) -> bool:
    """Whether callers can keep a statement from applying by what they freely choose."""
    return any(freely_chosen(test.key) for test in statement.tests)


def _is_chosen(truth: Truth) -> bool:
    return truth.conditional and all(map(freely_chosen, truth.depends_on))


def about_scope(statement: Statement, question: Question, *, whole: bool) -> Truth:
    """Whether a statement names some of the scope, or the whole of it."""
    given, scope = question.given, question.scope
    if not statement.not_resources:
        return _any(statement.resources, scope, given, covering=whole)
    # An Allow with NotResource has no parts of its own: all but what it spares is one.
    spares = _any(statement.resources, scope, given, covering=statement.allows or not whole)
    return negated(spares)


def _any(patterns: Iterable[str], scope: str, given: Given, *, covering: bool) -> Truth:
    return any_of(_about(pattern, scope, given, covering=covering) for pattern in patterns)


def _about(pattern: str, scope: str, given: Given, *, covering: bool) -> Truth:
    text = replaced(pattern, given)
    if isinstance(text, str):
        return known(covers(text, scope) if covering else overlaps(text, scope))
    if text is None:
        return FALSE
    return unknown(text.reason) if isinstance(text, Unknown) else depends(*text)


def allowed_parts(statement: Statement, question: Question) -> set[str]:
    """Give the parts of a scope that an Allow names, as scopes; all of it where that is not clear.

    A Deny takes away what an Allow gives if it covers that part, not only if it covers the scope.
    """
    if statement.fault or statement.not_resources:
        return {question.scope}
    if not is_about(statement, question.action):
        return set()
    texts = [replaced(pattern, question.given) for pattern in statement.resources]
    found = {
        part for text in texts if isinstance(text, str) for part in parts(text, question.scope)
    }
    if question.scope in found:
        return {question.scope}
    if any(isinstance(text, tuple | Unknown) for text in texts):
        found.add(question.scope)
    return found
