"""Decides, as AWS does, whether a principal may do something, and says by which statements.

    explicit deny anywhere
    → resource control policies → service control policies
    → the resource's policy, the principal's own, its permissions boundary

The answer is about ability: true if the principal can, in a request of its choice, for at least
one thing in the resource; conditional if something that it does not choose must fit.

Source:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from auditor.access.actions import scopes_of
from auditor.access.asking import Question, allowed_parts
from auditor.access.estate import Actor, Estate
from auditor.access.explanation import Step
from auditor.access.layers import Layers, layers_of
from auditor.access.rules import judge
from auditor.access.segment import ScopesOf
from auditor.access.truth import FALSE, Truth, any_of, unknown

__all__ = ["Decision", "Step", "decide"]

_ACCOUNT_DIGITS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The answer, and the statements that led to it in the order in which they count."""

    truth: Truth
    steps: tuple[Step, ...] = ()

    @property
    def verdict(self) -> str:
        """'allow', 'deny', 'conditional' or 'unknown'."""
        if self.truth.value is None:
            return "unknown" if self.truth.unknown else "conditional"
        return "allow" if self.truth.value else "deny"


def decide(
    estate: Estate, actor: str, action: str, resource: str, scopes_of: ScopesOf = scopes_of
) -> Decision:
    """Decide whether a principal may do something to a resource.

    Args:
        actor: id of a principal; one of a service, an account or 'anybody' need not be listed.
        action: such as 's3:GetObject'.
        resource: id of a resource of the estate.
        scopes_of: tells what Resource elements are held against for an action on a resource.
    """
    who, what = actor_of(estate, actor), estate.resources.get(resource)
    if who is None:
        return Decision(truth=unknown(f"the principal {actor} is not known"))
    if what is None:
        return Decision(truth=unknown(f"the resource {resource} is not known"))
    layers = layers_of(estate, who, what)
    wholes = [
        Question(estate=estate, actor=who, action=action.lower(), resource=what, scope=scope)
        for scope in scopes_of(what, action.lower())
    ]
    parts = [part for whole in wholes for part in _parts(whole, layers)]
    if not parts:
        says = f"{action} is not asked for {resource}"
        return Decision(truth=FALSE, steps=(Step(stage="request", truth=FALSE, says=says),))
    judged = [judge(part, layers) for part in parts]
    truth = any_of(each for each, _ in judged)
    telling = next((steps for each, steps in judged if each.value is truth.value), judged[0][1])
    return Decision(truth=truth, steps=telling)


def actor_of(estate: Estate, actor: str) -> Actor | None:
    """Return a principal by its id; a service, an account or 'anybody' need not be listed."""
    if found := estate.actors.get(actor):
        return found
    if actor == "anybody":
        return Actor(id=actor, kind="anybody", account="*")
    if actor.startswith("service:"):
        return Actor(id=actor, kind="service", account="")
    if len(actor) == _ACCOUNT_DIGITS and actor.isdecimal():
        return Actor(id=actor, kind="account", account=actor)
    return None


def _parts(whole: Question, layers: Layers) -> Iterator[Question]:
    """Yield the parts of a scope that statements allow something on, each as a question."""
    local = whole.actor.account == whole.resource.account
    statements = (*layers.identity, *layers.resource) if local else layers.resource
    parts = {part for each in statements if each.allows for part in allowed_parts(each, whole)}
    if not parts or (local and whole.actor.kind == "root"):
        parts.add(whole.scope)
    yield from (replace(whole, scope=part) for part in sorted(parts))
