"""Which actions of AWS give which access to what holds data, and what a policy names it by.

What is said by hand in ``contents`` counts first. For everything else AWS's levels decide: Read
gives read, Write gives write, Permissions management gives administer, List and Tagging give
nothing; deleting a store, or the policy on it, gives administer.

Source: https://docs.aws.amazon.com/service-authorization/latest/reference/
"""

import re
from collections.abc import Iterator, Mapping, Set
from functools import cache

from auditor.access.contents import CONTENTS, Contents
from auditor.access.definition import Action, action_of, actions_of, formats_of
from auditor.access.estate import Resource
from auditor.access.scopes import Identity, identity_of, names, paths_above, scope_in

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


def _contents(service: str, kind: str) -> tuple[str, Contents]:
    prefix = service_of_actions(service)
    contents = CONTENTS.get((prefix, kind), Contents())
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
    prefix, contents = _contents(resource.service, resource.kind)
    known = action_of(action)
    if known is None:
        return (resource.id + contents.below,)
    if not known.types:
        return (_WITHOUT_TYPE,)
    if action in _ON_PATHS:
        return paths_above(resource.id)
    formats = formats_of(prefix)
    types = _types(prefix, resource.kind, contents)
    identity = identity_of(resource, {each: formats[each] for each in types if each in formats})
    if known.name.partition(":")[0] != prefix:
        return _foreign(known, identity, {formats[each] for each in types if each in formats})
    if not identity.type:
        return (resource.id + contents.below,)
    own = dict.fromkeys(_own(resource, known, types, identity, contents))
    beside = [formats[each] for each in known.types if each in contents.beside.split()]
    return tuple(own) or tuple(scope_in(each, identity) for each in beside)


def _own(
    resource: Resource,
    action: Action,
    types: tuple[str, ...],
    identity: Identity,
    contents: Contents,
) -> Iterator[str]:
    formats = formats_of(action.name.partition(":")[0])
    for each in action.types:
        if each == identity.type:
            yield resource.id + contents.below
        elif each in types and names(formats[each], identity):
            yield scope_in(formats[each], identity)


def _foreign(action: Action, identity: Identity, own: Set[str]) -> tuple[str, ...]:
    """Return the scopes of an action of another service, which names the thing in its own way."""
    formats = formats_of(action.name.partition(":")[0])
    several = [formats[each] for each in action.types]
    about = [each for each in several if names(each, identity)]
    others = [each for each in several if each not in own]
    return tuple(dict.fromkeys(scope_in(each, identity) for each in about or others))
