"""The rules by which statements of all layers come to one answer, and the steps to it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from auditor.access.asking import Question, allows, denies, fault_of
from auditor.access.estate import Actor
from auditor.access.explanation import Step, Steps
from auditor.access.layers import Layers
from auditor.access.naming import Reach, reached, refused
from auditor.access.statements import Statement
from auditor.access.truth import (
    FALSE,
    TRUE,
    Truth,
    all_of,
    any_of,
    both,
    either,
    negated,
    unknown,
)

# Services that AWS is known to hold resource control policies against.
CONTROLLED = frozenset(
    {"s3", "sts", "kms", "sqs", "secretsmanager", "ecr", "aoss", "dynamodb"}
    | {"cognito-idp", "cognito-identity"}
)
# Principals that have no policies of their own here.
STRANGERS = ("account", "anybody", "service", "federation")


@dataclass(frozen=True, slots=True)
class _Given:
    """What the resource's policy gives, by how it names the principal."""

    account: Truth
    role: Truth
    direct: Truth


def judge(question: Question, layers: Layers) -> tuple[Truth, tuple[Step, ...]]:
    """Answer a question about one scope."""
    steps = Steps()
    denied = any_of(list(_denials(question, layers, steps)))
    controls = both(
        _controlled(question, layers.resource_controls, "resource control policy", steps),
        _controlled(question, layers.service_controls, "service control policy", steps),
    )
    allowed = _allowed(question, layers, steps)
    return all_of((negated(denied), controls, allowed)), steps.all


def _denials(question: Question, layers: Layers, steps: Steps) -> Iterator[Truth]:
    """Yield what each Deny of any layer comes to."""
    for level in layers.resource_controls:
        for statement in level:
            truth = _by_control(statement, question)
            yield steps.note("resource control policy", statement, question, truth, allow=False)
    for stage, statements in _own(layers):
        for statement in statements:
            truth = denies(statement, question)
            yield steps.note(stage, statement, question, truth, allow=False)
    for statement in layers.resource:
        truth = denies(statement, question, refused(statement, question.actor))
        yield steps.note(_policy(question), statement, question, truth, allow=False)


def _own(layers: Layers) -> Iterator[tuple[str, Iterable[Statement]]]:
    for level in layers.service_controls:
        yield "service control policy", level
    yield "identity policy", layers.identity
    yield "permissions boundary", layers.boundary or ()
    yield "session policy", layers.session or ()


def _by_control(statement: Statement, question: Question) -> Truth:
    """What a Deny of a resource control policy comes to: it acts on some services only."""
    truth = denies(statement, question, refused(statement, question.actor))
    service = question.action.partition(":")[0]
    if truth.possible and service not in CONTROLLED:
        return unknown(f"nobody knows whether resource control policies act on {service}")
    return truth


def _policy(question: Question) -> str:
    return "trust" if question.resource.kind == "role" else "resource policy"


def _controlled(
    question: Question,
    levels: Iterable[Iterable[Statement]],
    stage: str,
    steps: Steps,
) -> Truth:
    """Whether every level of an organisation allows it."""
    truths = []
    for level in levels:
        truth = any_of([_allow(steps, stage, statement, question) for statement in level])
        if truth.value is False:
            says = f"no {stage} of one level allows {question.action}"
            steps.add(stage, says, allows=False)
        truths.append(truth)
    return all_of(truths)


def _allow(steps: Steps, stage: str, statement: Statement, question: Question) -> Truth:
    return steps.note(stage, statement, question, allows(statement, question), allow=True)


def _allowed(question: Question, layers: Layers, steps: Steps) -> Truth:
    given = _given(question, layers, steps)
    actor = question.actor
    named = either(either(given.direct, given.role), given.account)
    if actor.kind in STRANGERS:
        if actor.kind == "account":
            says = f"account {actor.account} decides what its own people may: counted as allowed"
            steps.add("identity policy", says, allows=True)
        return either(named, unread_people(actor)) if _is_own(question) else named
    own, limit = _owned(question, layers, steps)
    identity = both(own, limit)
    if actor.account != question.resource.account:
        return both(named, identity)
    delegated = both(given.account, identity) if layers.required else identity
    return any_of((given.direct, both(given.role, limit), delegated))


def _is_own(question: Question) -> bool:
    return question.actor.kind == "account" and (
        question.actor.account == question.resource.account
    )


def unread_people(actor: Actor) -> Truth:
    """Give what an account has to its own resources: it is asked for where nobody read its users.

    Elsewhere they are asked about one by one.
    """
    return unknown(f"the users and roles of account {actor.account} could not all be read")


def _given(question: Question, layers: Layers, steps: Steps) -> _Given:
    found = dict.fromkeys(Reach, FALSE)
    stage = _policy(question)
    for statement in layers.resource:
        truths = dict.fromkeys(Reach, FALSE)
        if statement.fault:
            truths[Reach.DIRECT] = unknown(fault_of(statement))
        elif statement.allows:
            for reach, principal in reached(statement, question.actor):
                truth = allows(statement, question, principal, whole=True)
                truths[reach] = either(truths[reach], truth)
        steps.note(stage, statement, question, any_of(truths.values()), allow=True)
        for reach, truth in truths.items():
            found[reach] = either(found[reach], truth)
    return _Given(found[Reach.ACCOUNT], found[Reach.ROLE], found[Reach.DIRECT])


def _owned(question: Question, layers: Layers, steps: Steps) -> tuple[Truth, Truth]:
    """Give what a principal's own policies allow, and what its boundary and session leave."""
    if question.actor.kind == "root":
        says = f"the root user of account {question.actor.account} needs no policy of its own"
        steps.add("identity policy", says, allows=True)
        return TRUE, TRUE
    if question.actor.kind not in ("user", "role"):
        reason = f"AWS lets no {question.actor.kind} ask for anything: what it acts as decides"
        return unknown(reason), TRUE
    own = any_of([_own_allow(steps, statement, question) for statement in layers.identity])
    bounded = _limited(question, layers.boundary, "permissions boundary", steps)
    return own, both(bounded, _limited(question, layers.session, "session policy", steps))


def _limited(
    question: Question, statements: tuple[Statement, ...] | None, stage: str, steps: Steps
) -> Truth:
    """Give what policies leave that only limit."""
    if statements is None:
        return TRUE
    limit = any_of([_allow(steps, stage, each, question) for each in statements])
    if limit.value is False:
        steps.add(stage, f"the {stage} does not allow {question.action}", allows=False)
    return limit


def _own_allow(steps: Steps, statement: Statement, question: Question) -> Truth:
    """What an own Allow gives; across accounts the resource decides about which parts to ask."""
    local = question.actor.account == question.resource.account
    truth = allows(statement, question, whole=local)
    return steps.note("identity policy", statement, question, truth, allow=True)
