"""Who is named by policies of resources and roles, and is none of the estate's principals.

A policy names somebody as its principal, or everybody and then somebody in a condition. An
organisation that is named in a condition is one outsider, called by its id. A service that acts
for an account that is not ours is that account's hand: 'service' with an account.
"""

import re
from collections.abc import Iterable, Iterator

from auditor.access.estate import Actor, Estate
from auditor.access.operators import NEGATED
from auditor.access.statements import Named, Statement

ANYBODY = Actor(id="anybody", kind="anybody", account="*")
_ACCOUNT = re.compile(r"arn:[^:]+:(?:iam|sts)::(\d{12}):.*|(\d{12})", re.DOTALL)
_PROVIDER = re.compile(r"arn:[^:]+:iam::(\d{12}):(?:saml|oidc)-provider/.*", re.DOTALL)
_ACCESS_IDENTITY = re.compile(r"arn:[^:]+:iam::cloudfront:user/.*", re.DOTALL)
_IN_VALUE = re.compile(r"(?:arn:[^:]+:[^:]*:[^:]*:)?(\d{12})(?::.*)?", re.DOTALL)
_ORGANIZATION = re.compile(r"(o-[a-z0-9]+)(?:/.*)?", re.DOTALL)
_OF_PRINCIPAL = ("aws:principalaccount", "kms:calleraccount", "aws:principalarn")
_OF_SOURCE = ("aws:sourceaccount", "aws:sourceowner", "aws:sourcearn")
_OF_ORGANIZATION = ("aws:principalorgid", "aws:principalorgpaths")


def outsiders(
    estate: Estate, audited: Iterable[str], unread: Iterable[str] = ()
) -> Iterator[Actor]:
    """Yield who is let in and is not among the principals, by id.

    Args:
        audited: accounts whose users and roles are principals of their own.
        unread: those of them whose users and roles were not all read; each is one of these.
    """
    doubtful = set(unread)
    own = set(audited) - doubtful
    found = {(each.id, each.account): each for each in (ANYBODY, *map(_account, doubtful))}
    for policies in (estate.resource, estate.trust):
        for statements in policies.values():
            for statement in statements:
                for actor in _let_in(estate, statement):
                    if actor.account not in own:
                        found.setdefault((actor.id, actor.account), actor)
    names = sorted(name for name in found if name[0] not in estate.actors)
    yield from (found[name] for name in names)


def _let_in(estate: Estate, statement: Statement) -> Iterator[Actor]:
    if not statement.allows or statement.fault:
        return
    if not statement.not_principals:
        for named in statement.principals:
            yield from _named(named)
    for test in statement.tests:
        if test.operator not in NEGATED:
            for value in test.values:
                yield from _asked_for(estate, statement, test.key, value)


def _asked_for(estate: Estate, statement: Statement, key: str, value: str) -> Iterator[Actor]:
    """Yield whom a condition speaks of that asks a key for a value."""
    found = _IN_VALUE.fullmatch(value)
    if found and key in _OF_PRINCIPAL:
        yield _account(found[1])
    if found and key in _OF_SOURCE:
        yield from _acting_for(found[1], statement)
    organization = _ORGANIZATION.fullmatch(value)
    if organization and key in _OF_ORGANIZATION:
        yield from _organization(estate, organization[1])


def _named(named: Named) -> Iterator[Actor]:
    if named.kind == "service" and named.name != "*":
        yield Actor(id=f"service:{named.name}", kind="service", account="")
    elif named.kind == "federated" and named.name != "*":
        found = _PROVIDER.fullmatch(named.name)
        yield Actor(id=named.name, kind="federation", account=found[1] if found else "")
    elif named.kind == "canonicaluser" or _ACCESS_IDENTITY.fullmatch(named.name):
        yield Actor(id=named.name, kind="account", account="")  # of an account that nobody states
    elif named.kind == "aws" and (found := _ACCOUNT.fullmatch(named.name)):
        yield _account(found[1] or found[2])


def _acting_for(account: str, statement: Statement) -> Iterator[Actor]:
    """Yield the services that a statement lets in, as they act for one account."""
    for named in statement.principals:
        if named.kind == "service" and named.name != "*":
            yield Actor(id=f"service:{named.name}", kind="service", account=account)


def _organization(estate: Estate, name: str) -> Iterator[Actor]:
    """Yield an organisation; of one whose accounts are known, the accounts."""
    accounts = [account for account, id_ in estate.organization.items() if id_ == name]
    yield from map(_account, accounts) if accounts else (_account(name),)


def _account(name: str) -> Actor:
    return Actor(id=name, kind="account", account=name)
