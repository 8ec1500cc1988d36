"""Which actions of AWS give which access to what holds data, and what a policy names it by.

What is said by hand in ``contents`` counts first. For everything else AWS's levels decide: Read
gives read, Write gives write, Permissions management gives administer, List and Tagging give
nothing; deleting a store, or the policy on it, gives administer.

Source: https://docs.aws.amazon.com/service-authorization/latest/reference/
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from auditor.access.contents import Contents, contents_of
from auditor.access.definition import Action, action_of, actions_of, formats_of
from auditor.access.estate import Resource
from auditor.access.scopes import Identity, identity_of, names, paths_above, scope_in, shape_of

# Where the name of a service in rows of stores is not the prefix of its actions.
_PREFIXES = {"efs": "elasticfilesystem"}
_LEVELS = {"Read": "read", "Write": "write", "Permissions management": "administer"}
_SETTLED = {"Write": "administer", "Permissions management": "administer"}
_METADATA = re.compile(r":(list|get|describe)\w*(tags?|tagsforresource|polic(y|ies))$")
_ON_PATHS = frozenset({"ssm:getparametersbypath"})
_WITHOUT_TYPE = ""  # matches the pattern '*' and no other


def service_of_actions(service: str) -> str:
    """Return the prefix of a service's actions, such as 'elasticfilesystem' for 'efs'.

    Args:
        service: as in rows of stores, or already a prefix.
    """
    return _PREFIXES.get(service, service)


@cache
def access_of(service: str, kind: str) -> Mapping[str, str]:
    """Return action in lower case -> access word, for every action that gives any access.

    Args:
        service: as in rows of stores and processors, or the prefix of the actions; 'kms' for keys.
        kind: in the words of stores and processors; 'key' for keys.
    """
    prefix, contents = _contents(service, kind)
    types = _types(prefix, kind, contents)
    found = {**dict(_by_level(prefix, types, contents)), **contents.said(prefix)}
    return {name: word for name, word in sorted(found.items()) if word != "none"}


def closed_to_iam(service: str, kind: str) -> str:
    """Return why no action of IAM reads what a thing holds, as a clause; '' if some do.

    It is not that nobody reads it: whoever has an account of the database, say, is unknown here.
    """
    return _contents(service, kind)[1].closed


def _contents(service: str, kind: str) -> tuple[str, Contents]:
    prefix = service_of_actions(service)
    contents = contents_of(prefix, kind)
    return contents.prefix or prefix, contents


@cache
def _types(prefix: str, kind: str, contents: Contents) -> tuple[str, ...]:
    """Return the resource types of a kind; those named like it, or all, where nobody says."""
    if contents.types:
        return contents.types
    known = formats_of(prefix)
    alike = tuple(each for each in known if _plain(each) == _plain(kind))
    return alike or tuple(known)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _by_level(prefix: str, types: tuple[str, ...], contents: Contents) -> Iterator[tuple[str, str]]:
    words = _SETTLED if contents.is_settled else _LEVELS
    for name, action in actions_of(prefix).items():
        if not set(action.types) & set(types) or _METADATA.search(name):
            continue
        if action.level != "Read" and not set(action.types) <= set(types):
            continue  # about something else, for which it also needs this
        if action.level in words:
            yield name, _word(name, action, types, words[action.level])


def _word(name: str, action: Action, types: tuple[str, ...], word: str) -> str:
    verb = name.partition(":")[2]
    if any(verb == f"create{_plain(each)}" for each in types):
        return "none"
    if action.level != "Read" and verb.startswith(("describe", "get", "list")):
        return "none"
    ends = any(verb == f"delete{_plain(each)}" for each in types)
    return "administer" if action.level == "Write" and (ends or verb.endswith("policy")) else word


def scopes_of(resource: Resource, action: str) -> tuple[str, ...]:
    """Return what Resource elements are held against when the action is asked for on a resource.

    One text per resource type that the action is about; any one of them is enough. A text with
    '*' at its end stands for every such thing: 'arn:aws:s3:::b/*' for any object. '' is for an
    action that AWS knows no resource for: no pattern but '*' allows it. () means that the action
    is about another thing of the same kind: deleting an instance cannot be asked for a cluster.

    Args:
        action: in lower case; one of ``access_of`` the resource's service and kind.
    """
    plan = _plan(resource.service, resource.kind, action)
    if plan.is_without_type:
        return (_WITHOUT_TYPE,)
    if action in _ON_PATHS:
        return paths_above(resource.id)
    if not plan.about:
        return (resource.id + plan.added,)
    identity = identity_of(resource, plan.own)
    if plan.is_foreign:
        return _foreign(resource, plan, identity)
    if not identity.type and identity.service == plan.prefix:
        return (resource.id + plan.added,)
    found = dict.fromkeys(_own(resource, plan, identity))
    return tuple(found) or tuple(scope_in(each, identity) for each in plan.beside)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How an action on one kind of thing names it.

    Attributes:
        own: types of the thing and of what is in it, with their formats.
        about: types of the action, with their formats; empty if nobody knows the action.
        beside: formats that count where none of the thing's own fits.
        added: to the thing's own ARN.
    """

    prefix: str
    is_foreign: bool
    is_without_type: bool
    own: tuple[tuple[str, str], ...]
    about: tuple[tuple[str, str], ...]
    beside: tuple[str, ...]
    added: str


@cache
def _plan(service: str, kind: str, action: str) -> Manner:
    prefix, contents = _contents(service, kind)
    own, known = formats_of(prefix), action_of(action)
    formats = formats_of(action.partition(":")[0])
    types = known.types if known else ()
    return Manner(
        prefix=prefix,
        is_foreign=action.partition(":")[0] != prefix,
        is_without_type=known is not None and not types,
        own=tuple((each, own[each]) for each in _types(prefix, kind, contents) if each in own),
        about=tuple((each, formats[each]) for each in types),
        beside=tuple(formats[each] for each in types if each in contents.beside.split()),
        added=contents.added(prefix, action),
    )


def _own(resource: Resource, plan: Manner, identity: Identity) -> Iterator[str]:
    for name, format_ in plan.about:
        if name == identity.type:
            yield resource.id + plan.added
        elif (name, format_) in plan.own and (not identity.type or names(format_, identity)):
            yield scope_in(format_, identity)


def _foreign(resource: Resource, plan: Manner, identity: Identity) -> tuple[str, ...]:
    """Return the scopes of an action of another service, which names the thing in its own way."""
    own = dict(plan.own)
    formats = [format_ for _, format_ in plan.about]
    same = shape_of(own.get(identity.type, ""))
    if same and same in map(shape_of, formats):
        return (resource.id + plan.added,)
    about = [each for each in formats if names(each, identity)]
    others = [each for each in formats if each not in own.values()]
    alike = [each for each in others if each.split(":")[2] == plan.prefix]
    return tuple(dict.fromkeys(scope_in(each, identity) for each in about or alike or others))
