"""Who is named by policies of resources and roles, and is none of the estate's principals."""

import re
from collections.abc import Iterable, Iterator

from auditor.access.estate import Actor, Estate
from auditor.access.statements import Named, Statement

ANYBODY = Actor(id="anybody", kind="anybody", account="*")
_ACCOUNT = re.compile(r"arn:[^:]+:(?:iam|sts)::(\d{12}):.*|(\d{12})", re.DOTALL)


def outsiders(estate: Estate, audited: Iterable[str]) -> Iterator[Actor]:
    """Yield accounts that are not audited, services, and anybody, as policies name them.

    Args:
        audited: accounts whose users and roles are principals of their own.
    """
    own = set(audited)
    found = {ANYBODY.id: ANYBODY}
    for policies in (estate.resource, estate.trust):
        for statements in policies.values():
            for named in _named(statements):
                actor = _actor(named)
                if actor and actor.account not in own:
                    found.setdefault(actor.id, actor)
    yield from (found[name] for name in sorted(found) if name not in estate.actors)


def _named(statements: Iterable[Statement]) -> Iterator[Named]:
    for statement in statements:
        if statement.allows and not statement.not_principals:
            yield from statement.principals


def _actor(named: Named) -> Actor | None:
    if named.kind == "service" and named.name != "*":
        return Actor(id=f"service:{named.name}", kind="service", account="")
    if named.kind == "aws" and (found := _ACCOUNT.fullmatch(named.name)):
        account = found[1] or found[2]
        return Actor(id=account, kind="account", account=account)
    return None
