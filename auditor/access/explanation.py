"""Sentences about statements: what each does to one question, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.access.asking import Question, about_scope, fault_of, is_about, where
from auditor.access.conditions import holds
from auditor.access.endpoints import CLOSED
from auditor.access.keys import freely_chosen
from auditor.access.statements import Statement, Test
from auditor.access.truth import FALSE, TRUE, Truth

_VERBS = {True: ("allow", "allows"), False: ("deny", "denies")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One statement, or one rule of AWS's, on the way to an answer.

    Attributes:
        stage: kind of policy: 'service control policy', 'identity policy'…
        truth: whether it applies.
        says: the same as a sentence without full stop.
        statement: id of the statement, 'policy#number'; '' for a rule.
        effect: 'allow', 'deny' or ''.
    """

    stage: str
    truth: Truth
    says: str
    statement: str = ""
    effect: str = ""


class Steps:
    """The steps of one answer, in order, each once."""

    def __init__(self) -> None:
        self._steps: dict[Step, None] = {}

    @property
    def all(self) -> tuple[Step, ...]:
        """The steps so far."""
        return tuple(self._steps)

    def add(self, stage: str, says: str, *, allows: bool) -> None:
        """Note a rule of AWS's that decides without a statement."""
        truth, effect = (TRUE, "allow") if allows else (FALSE, "deny")
        self._steps[Step(stage=stage, truth=truth, says=says, effect=effect)] = None

    def note(
        self, stage: str, statement: Statement, question: Question, truth: Truth, *, allow: bool
    ) -> Truth:
        """Note a statement of the effect looked for, if it is about the action at all.

        Returns:
            The truth that was given.
        """
        if statement.fault or (statement.allows == allow and is_about(statement, question.action)):
            step = Step(
                stage=stage,
                truth=truth,
                says=sentence(statement, question, truth),
                statement=statement.id,
                effect="" if statement.fault else _VERBS[statement.allows][0],
            )
            self._steps[step] = None
        return truth


def sentence(statement: Statement, question: Question, truth: Truth) -> str:
    """Say what a statement does to a question, without full stop."""
    if statement.fault:
        return fault_of(statement)
    verb, does = _VERBS[statement.allows]
    what = f"{question.action} on {question.scope or '*'}"
    if truth.value is True:
        because = _conditions(statement.tests)
        return f"{where(statement)} {does} {what}" + (f", because {because}" if because else "")
    if truth.value is False:
        return f"{where(statement)} does not {verb} {what}: {_why_not(statement, question)}"
    if truth.conditional:
        keys = ", ".join(sorted(truth.depends_on))
        return f"whether {where(statement)} {does} {what} depends on {keys}"
    reasons = "; ".join(sorted(truth.reasons))
    return f"it cannot be told whether {where(statement)} {does} {what}: {reasons}"


def _conditions(tests: tuple[Test, ...]) -> str:
    return " and ".join(f"{_shown(test)} holds" for test in tests)


def _shown(test: Test) -> str:
    """Show one test the way people write them: 'aws:sourceip ipaddress 10.0.0.0/8'."""
    if test.key in CLOSED and not test.values:
        return f"on {test.key} ({CLOSED[test.key]})"
    operator = ":".join(filter(None, (test.quantifier, test.operator)))
    return f"{test.key} {operator}{'ifexists' * test.if_exists} {' or '.join(test.values)}"


def _why_not(statement: Statement, question: Question) -> str:
    return next(_reasons_not(statement, question), "it names other principals")


def _reasons_not(statement: Statement, question: Question) -> Iterator[str]:
    if about_scope(statement, question, whole=not statement.allows).value is False:
        yield "it is about other resources" if statement.allows else "it is not about all of it"
    for test in statement.tests:
        if not statement.allows and freely_chosen(test.key):
            yield f"callers choose {test.key} as they like"
        elif holds((test,), question.given).value is False:
            yield f"its condition {_shown(test)} does not hold"
