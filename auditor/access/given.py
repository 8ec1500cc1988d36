"""What is known of a request without seeing it: who asks, and for what.

A key speaks of the principal, of the resource, or of the request itself; what the request
decides is OPEN. Where the principal stands for many, as an outside account does, what differs
among them is OPEN too. 'anybody' is a stranger: of an account and organisation that are
nobody's here, with names and tags of its own choice.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from auditor.access.estate import Actor, Estate, Resource
from auditor.access.keys import RESOURCE_ACCOUNTS, speaks_of
from auditor.access.patterns import matches
from auditor.access.variables import OPEN, Open
from auditor.model import Unknown

_STRANGER = "a stranger"
_SERVICE = "service:"
_ORGANIZATION = "o-"
_ROLES_ANYWHERE = "service:rolesanywhere.amazonaws.com"
_Value = tuple[str, ...] | Unknown | Open | None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one principal's request for one resource."""

    estate: Estate
    actor: Actor
    resource: Resource

    def value(self, key: str) -> tuple[str, ...] | Unknown | Open | None:
        """Give the values of one key, named in lower case.

        Returns:
            None if the request is known to lack it, OPEN if the request decides, Unknown if it
            could not be read.
        """
        if rule := _PRINCIPAL.get(key):
            return rule(self.estate, self.actor)
        if key.startswith("aws:principaltag/"):
            return _principal_tag(self.estate, self.actor, key.partition("/")[2])
        if speaks_of(key) == "resource":
            return _of_resource(self.estate, self.resource, key)
        return _ALWAYS.get(key, OPEN)


# Callers may always use TLS, so what asks for it neither gives nor takes anything.
_ALWAYS: dict[str, tuple[str, ...]] = {"aws:securetransport": ("true",)}


def _of_resource(estate: Estate, resource: Resource, key: str) -> _Value:
    if key in RESOURCE_ACCOUNTS:
        return (resource.account,) if resource.account else OPEN
    if key in ("aws:resourceorgid", "aws:resourceorgpaths"):
        return _organization(estate, resource.account, key.endswith("paths"))
    if key == "aws:requestedregion":
        return (resource.region,) if resource.region else OPEN
    return _tag(resource.tags, key.partition("/")[2])


def _tag(tags: Mapping[str, str] | Unknown, key: str) -> _Value:
    if isinstance(tags, Unknown):
        return tags
    return (tags[key],) if key in tags else None


def _organization(estate: Estate, account: str, path: bool) -> _Value:
    if account.startswith(_ORGANIZATION):
        return Open(f"{account}/*") if path else (account,)
    if not path:
        found = estate.organization.get(
            account, Unknown(f"nobody knows the organisation of account {account}")
        )
        return found if isinstance(found, Unknown) else ((found,) if found else None)
    if account in estate.organization_paths:
        return (estate.organization_paths[account],)
    if estate.organization.get(account) == "":
        return None
    return Unknown(f"nobody knows the place of account {account} in its organisation")


def _arn(_: Estate, actor: Actor) -> _Value:
    match actor.kind:
        case "user" | "role" | "root":
            return (actor.id,)
        case "account" if _is_number(actor.account):
            return Open(f"arn:*:*::{actor.account}:*")
        case "anybody":
            return Open(f"arn:*:*::{_STRANGER}:*")
        case "service":
            return None
    return OPEN


def _account(_: Estate, actor: Actor) -> _Value:
    match actor.kind:
        case "anybody":
            return (_STRANGER,)
        case "service":
            return None
    return (actor.account,) if _is_number(actor.account) else OPEN


def _is_number(account: str) -> bool:
    """Whether it is one account: an organisation as a whole has many, and some nobody states."""
    return account.isdecimal()


def _principal_organization(path: bool) -> Callable[[Estate, Actor], _Value]:
    def value(estate: Estate, actor: Actor) -> _Value:
        match actor.kind:
            case "anybody":
                return (f"o-{_STRANGER}/" if path else f"o-{_STRANGER}",)
            case "service":
                return None
        return _organization(estate, actor.account, path)

    return value


def _kind(_: Estate, actor: Actor) -> _Value:
    types = {"user": "User", "role": "AssumedRole", "root": "Account"}
    return (types[actor.kind],) if actor.kind in types else OPEN


def _user_name(_: Estate, actor: Actor) -> _Value:
    if actor.kind == "user":
        return (actor.name or actor.id.rpartition("/")[2],)
    return OPEN if actor.kind in ("account", "anybody") else None


def _user_id(_: Estate, actor: Actor) -> _Value:
    match actor.kind:
        case "root":
            return (actor.account,)
        case "service":
            return None
        case "user" if actor.user_id:
            return (actor.user_id,)
        case "role" if actor.user_id:
            return Open(f"{actor.user_id}:*")
        case "user" | "role":
            return Unknown(f"the unique id of {actor.id} is not known")
    return OPEN


def _is_service(_: Estate, actor: Actor) -> _Value:
    return ("true" if actor.kind == "service" else "false",)


def _service_name(_: Estate, actor: Actor) -> _Value:
    return (actor.id.removeprefix(_SERVICE),) if actor.kind == "service" else None


def _only_services(_: Estate, actor: Actor) -> _Value:
    """Say of a key that only services which act for somebody send: it protects from confusion."""
    return OPEN if actor.kind == "service" else None


def _source_account(_: Estate, actor: Actor) -> _Value:
    """Say for which account a service acts, if it is for one."""
    return (
        (actor.account,) if actor.kind == "service" and actor.account else _only_services(_, actor)
    )


def _source_arn(_: Estate, actor: Actor) -> _Value:
    if actor.kind == "service" and actor.account:
        return Open(f"arn:*:*:*:{actor.account}:*")
    return _only_services(_, actor)


def _source_organization(path: bool) -> Callable[[Estate, Actor], _Value]:
    def value(estate: Estate, actor: Actor) -> _Value:
        if actor.kind == "service" and actor.account:
            return _organization(estate, actor.account, path)
        return _only_services(estate, actor)

    return value


def _only_people(_: Estate, actor: Actor) -> _Value:
    return None if actor.kind == "service" else OPEN


def _source_identity(_: Estate, actor: Actor) -> _Value:
    return OPEN if actor.id == _ROLES_ANYWHERE else _only_people(_, actor)


def _principal_tag(estate: Estate, actor: Actor, key: str) -> _Value:
    match actor.kind:
        case "user":
            return _tag(actor.tags, key)
        case "role":
            return OPEN if _tags_sessions(estate, actor) else _tag(actor.tags, key)
        case "service" if actor.id == _ROLES_ANYWHERE:
            return OPEN  # what is written in the certificate
        case "root" | "service":
            return None
    return OPEN


def _tags_sessions(estate: Estate, actor: Actor) -> bool:
    """Whether sessions of a role may bring tags of their own."""
    return any(
        statement.fault
        or statement.not_actions
        or any(matches(pattern, "sts:tagsession") for pattern in statement.actions)
        for statement in estate.trust.get(actor.id, ())
    )


_PRINCIPAL: dict[str, Callable[[Estate, Actor], _Value]] = {
    "aws:principalarn": _arn,
    "aws:principalaccount": _account,
    "kms:calleraccount": _account,
    "aws:principalorgid": _principal_organization(False),
    "aws:principalorgpaths": _principal_organization(True),
    "aws:principaltype": _kind,
    "aws:username": _user_name,
    "aws:userid": _user_id,
    "aws:principalisawsservice": _is_service,
    "aws:principalservicename": _service_name,
    "aws:principalservicenameslist": _service_name,
    "aws:sourcearn": _source_arn,
    "aws:sourceaccount": _source_account,
    "aws:sourceowner": _source_account,
    "aws:sourceorgid": _source_organization(False),
    "aws:sourceorgpaths": _source_organization(True),
    "aws:multifactorauthpresent": _only_people,
    "aws:multifactorauthage": _only_people,
    "aws:sourceidentity": _source_identity,
}
