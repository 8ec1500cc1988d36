"""The statements that act on one question, by the kind of policy they come from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from auditor.access.estate import Actor, Estate, Resource
from auditor.access.statements import Statement
from auditor.model import Unknown

_SERVICE_LINKED = ":role/aws-service-role/"
Levels = tuple[tuple[Statement, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """Statements by where they come from.

    Attributes:
        boundary: None if there is no permissions boundary.
        session: None if no policy limits the session.
        required: the resource's own policy must agree, as that of a key or a role must.
    """

    identity: tuple[Statement, ...]
    boundary: tuple[Statement, ...] | None
    session: tuple[Statement, ...] | None
    resource: tuple[Statement, ...]
    service_controls: Levels
    resource_controls: Levels
    required: bool


def layers_of(estate: Estate, actor: Actor, resource: Resource) -> Layers:
    """Find every statement that may bear on a principal's requests for a resource."""
    linked = _SERVICE_LINKED in actor.id
    controlled = actor.kind in ("user", "role", "root") and not linked
    return Layers(
        identity=identity_of(estate, actor),
        boundary=boundary_of(estate, actor),
        session=session_of(estate, actor),
        resource=policy_of(estate, resource),
        service_controls=_levels(estate, actor.account, estate.service_controls)
        if controlled
        else (),
        resource_controls=()
        if linked
        else _levels(estate, resource.account, estate.resource_controls),
        required=is_required(resource),
    )


def identity_of(estate: Estate, actor: Actor) -> tuple[Statement, ...]:
    """Give the statements of a principal's own policies and those of its groups."""
    found: list[Statement] = []
    for holder in (actor.id, *actor.groups):
        found += estate.identity.get(holder, ())
        found += _unread(estate, holder)
    return tuple(found)


def boundary_of(estate: Estate, actor: Actor) -> tuple[Statement, ...] | None:
    """Give the statements of a principal's permissions boundary; None if it has none."""
    if isinstance(actor.boundary, Unknown):
        return (_fault(actor.id, actor.boundary.reason),)
    if not actor.boundary:
        return None
    missing = (_fault(actor.boundary, "it is a permissions boundary that was not read"),)
    return estate.boundaries.get(actor.boundary, missing)


def session_of(estate: Estate, actor: Actor) -> tuple[Statement, ...] | None:
    """Give the statements that limit a principal's session; None if none does.

    A resource's policy that names the session itself, or everybody, gives beside them.
    """
    if not actor.session:
        return None
    missing = (_fault(actor.session, "it is a session's policy that was not read"),)
    return estate.sessions.get(actor.session, missing)


def policy_of(estate: Estate, resource: Resource) -> tuple[Statement, ...]:
    """Give the statements of a resource's own policy, or of a role's trust policy."""
    policies = estate.trust if is_role(resource) else estate.resource
    missing = (_fault(resource.id, "its policy was never asked for"),)
    return policies.get(resource.id, missing) + _unread(estate, resource.id)


def is_role(resource: Resource) -> bool:
    """Whether the resource is a role that may be assumed."""
    return resource.kind == "role"


def is_required(resource: Resource) -> bool:
    """Whether policies of principals are not enough: the resource's own must agree."""
    return is_role(resource) or resource.service == "kms"


def _levels(estate: Estate, account: str, controls: Mapping[str, Levels]) -> Levels:
    levels = controls.get(account, ())
    unread = _unread(estate, account)
    return (*levels, unread) if unread else levels


def _unread(estate: Estate, holder: str) -> tuple[Statement, ...]:
    reason = estate.unread.get(holder)
    return (_fault(holder, reason),) if reason else ()


def _fault(policy: str, reason: str) -> Statement:
    return replace(_FAULTY, policy_id=policy, fault=reason)


_FAULTY = Statement(policy_id="", number=0, fault="-")
